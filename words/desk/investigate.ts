import { count } from "../en/numbers.ts";
import { utc } from "../en/time.ts";

/** By what traffic is grouped, as the heading of a table and as the name of one of its rows. */
export const dimensions = {
  account: { title: "Accounts", one: "Account" },
  token: { title: "Tokens", one: "Token" },
  network: { title: "Networks", one: "Network" },
  client: { title: "Clients", one: "Client" },
  endpoint: { title: "Endpoints", one: "Endpoint" },
  outcome: { title: "Decisions", one: "Decision" },
  surface: { title: "Surfaces", one: "Surface" },
} as const;

/** What stands for what has no name of its own. */
export const unnamed = {
  account: "No account (unknown token)",
  token: "No token of ours",
  endpoint: "No such endpoint",
  network: "Not told by the gateway",
  client: "No User-Agent",
  beyond: "Further ones, counted together",
} as const;

export const trafficOrders = { requests: "Most requests", refused: "Most refused", accounts: "Most accounts" } as const;

const grains = { minute: "minute", hour: "hour", day: "UTC day" } as const;
export type Grained = { grain: keyof typeof grains; from: Date; until: Date };

/** "24 Nov 2026, 14:00 UTC to 24 Nov 2026, 15:00 UTC, by minute": exactly what was counted. */
export function counted({ grain, from, until }: Grained): string {
  return `${utc(from, "dateTime")} to ${utc(until, "dateTime")}, by ${grains[grain]}`;
}

/** A sentence for a table in which not every call of the view can stand. */
export function partOfCalls(recorded: number, all: number): string {
  return `${count(recorded)} of ${count(all)} calls have a network and client recorded.`;
}

/** What the figures of a view are. */
export const countsAreWhole =
  "Each figure counts every decision, up to about ten seconds ago. The refusals with details are a sample of at least 30 per token, decision and minute, and are not what is counted here.";
/** What the bound on networks and clients means. */
export const pairsAreBounded =
  "Up to 50 pairs of network and client are kept apart per token and hour. The rest is one row, so numbers beside it say “at least”.";
