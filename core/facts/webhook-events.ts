import type { EventReach } from "../rules/vocabulary.ts";
import { webhookCatalogue } from "./catalogue.ts";

const typesFor = (audience: "account" | "staff") =>
  webhookCatalogue.filter((event) => event.audience === audience).map((event) => event.type);

/** Events that an account's endpoints can receive. */
export const accountEvents: readonly string[] = typesFor("account");

/** Events that only the provider's own endpoints receive, beside all of the above. */
export const staffEvents: readonly string[] = typesFor("staff");

export const webhookEvents: readonly string[] = [...accountEvents, ...staffEvents];

/** Sent on request to try an endpoint out; every endpoint gets it. */
export const testEvent = "webhook.test";

type Listener = {
  isProvider: boolean;
  /** Empty = everything it may receive. */
  chosen: readonly string[];
};

/** Whether an endpoint receives an event. */
export function isToldOf(type: string, reach: EventReach, { isProvider, chosen }: Listener): boolean {
  if (reach !== "everyone" && (reach === "provider") !== isProvider) return false;
  const may = isProvider ? webhookEvents : accountEvents;
  return may.includes(type) && (chosen.length === 0 || chosen.includes(type));
}
