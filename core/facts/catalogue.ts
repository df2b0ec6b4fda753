import type { z } from "zod";
import { accountFacts } from "./accounts.ts";
import { caseFacts } from "./cases.ts";
import type { Declaration, Webhook } from "./declare.ts";
import { enforcementFacts } from "./enforcement.ts";
import { providerFacts } from "./provider.ts";
import { tokenFacts } from "./tokens.ts";

/** Everything that can happen, with all that follows from it. What is not in here cannot be recorded. */
export const catalogue = {
  ...accountFacts,
  ...tokenFacts,
  ...enforcementFacts,
  ...caseFacts,
  ...providerFacts,
};

type Catalogue = typeof catalogue;
export type FactName = keyof Catalogue;

type NamesWith<Field> = { [Name in FactName]: Catalogue[Name] extends Field ? Name : never }[FactName];

/** Facts that are lines in a case's timeline. */
export type TimelineFact = NamesWith<{ timeline: true }>;
type ActOf<Audience> = {
  [Name in FactName]: Catalogue[Name] extends { audience: Audience; act: infer Act extends string } ? Act : never;
}[FactName];
/** Names in the audit log that an account's people read of their account, and those that only staff read. */
export type AccountAct = ActOf<"account">;
export type StaffAct = ActOf<"staff">;
/** The data of a fact, as it is recorded. */
export type FactData<Name extends FactName> = z.input<Catalogue[Name]["data"]>;

export function declarationOf(name: FactName): Declaration {
  return catalogue[name];
}

const all = Object.entries<Declaration>(catalogue);

/** Names in the audit log that the people of an account may read of their account. Whatever is not among them is staff's own. */
export const actsForAccounts: readonly string[] = all.flatMap(([, { act, audience }]) =>
  act !== undefined && audience === "account" ? [act] : [],
);

/** Names in the audit log of what the worker records round after round. */
export const routineActs: readonly string[] = all.flatMap(([, { act, isRoutine }]) => (act && isRoutine ? [act] : []));

export function isTimelineFact(type: string): type is TimelineFact {
  return type in catalogue && declarationOf(type as FactName).timeline === true;
}

/** An event as webhook endpoints receive it: its name, and which facts are sent under that name. */
export type WebhookEvent = { type: string; audience: Declaration["audience"]; facts: [FactName, Webhook][] };

/** Every webhook event in the order of the catalogue, those an account can receive first. */
export const webhookCatalogue: readonly WebhookEvent[] = (["account", "staff"] as const).flatMap((audience) => {
  const byType = new Map<string, WebhookEvent>();
  for (const [name, declared] of all) {
    if (!declared.webhook || declared.audience !== audience) continue;
    const type = declared.webhook.type ?? name;
    const event = byType.get(type) ?? { type, audience, facts: [] };
    event.facts.push([name as FactName, declared.webhook]);
    byType.set(type, event);
  }
  return [...byType.values()];
});
