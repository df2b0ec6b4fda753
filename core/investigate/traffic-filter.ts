import { type SQL, sql } from "drizzle-orm";
import { z } from "zod";
import * as deskWords from "#words/desk.ts";
import { invalid } from "../frame/errors.ts";
import { endOrText, numberOrText, timeOrText } from "../frame/given-as-text.ts";
import { unknownNetwork } from "../gate/import/import-tally.ts";
import { networkOf, parseNetworks } from "../rules/networks.ts";
import { dayMs, hourMs } from "../rules/time.ts";
import { type TrafficWindow, trafficWindow } from "../rules/usage/traffic-window.ts";
import { decisionCodes, surfaces } from "../rules/vocabulary.ts";

/** Accounts that a view can be narrowed to. */
export const mostAccounts = 50;
const longestHours = 90 * 24;

/** A list, or the text of one with commas: query strings have nothing else. */
const listed = (given: unknown) => (typeof given === "string" ? given.split(",").filter((one) => one !== "") : given);

/** What a view of the traffic can be narrowed to; left out = everything. */
export const trafficFields = {
  accountIds: z.preprocess(listed, z.array(z.uuid()).max(mostAccounts)).default([]),
  tokenId: z.uuid().optional(),
  /** An address, which stands for the network it is counted under, or a network in CIDR. */
  network: z.string().trim().max(45).optional(),
  endpointId: numberOrText(z.number().int().min(0).max(2_147_483_647)).optional(),
  surface: z.enum(surfaces).optional(),
  /** A decision code, or `refused` for all but `allowed`. */
  outcome: z.enum([...decisionCodes, "refused"]).optional(),
  /** How the client's product begins, like `curl` or `curl/8.5`. */
  client: z.string().trim().max(64).optional(),
  /** The last so many hours, unless `from` is given. */
  hours: numberOrText(z.number().int().min(1).max(longestHours)).default(24),
  from: timeOrText().optional(),
  /** Exclusive; without it the view ends now. */
  until: endOrText().optional(),
};

export type TrafficFilter = z.output<z.ZodObject<typeof trafficFields>>;

/** When a view begins and ends. Throws `invalid` for an end before its beginning, or a span of more than 90 days. */
export function windowOf(filter: TrafficFilter, now: Date): TrafficWindow {
  const nowMs = now.getTime();
  const untilMs = Math.min(filter.until?.getTime() ?? nowMs, nowMs);
  const fromMs = filter.from?.getTime() ?? untilMs - filter.hours * hourMs;
  if (fromMs >= untilMs) throw invalid("from", deskWords.errors.viewEndsFirst);
  if (untilMs - fromMs > longestHours * hourMs + dayMs) throw invalid("from", deskWords.errors.viewTooLong);
  const isChosen = filter.accountIds.length > 0 || filter.tokenId !== undefined;
  return trafficWindow({ fromMs, untilMs, nowMs, isChosen });
}

/** Whether only traffic that is counted by network and client can answer. */
export function needsTraffic({ network, client }: TrafficFilter): boolean {
  return Boolean(network) || Boolean(client);
}

/** The conditions of what both kinds of counts have; `accountIds` already holds the account of a chosen token. */
export function countConditions(filter: TrafficFilter): SQL[] {
  const { accountIds, tokenId, endpointId, surface, outcome } = filter;
  return [
    ...(accountIds.length > 0 ? [sql`account_id = any(${sql.param([...accountIds])}::uuid[])`] : []),
    ...(tokenId ? [sql`token_id = ${tokenId}`] : []),
    ...(endpointId === undefined ? [] : [sql`endpoint_id = ${endpointId}`]),
    ...(surface ? [sql`surface = ${surface}`] : []),
    ...(outcome === "refused" ? [sql`outcome <> 'allowed'`] : outcome ? [sql`outcome = ${outcome}`] : []),
  ];
}

/** The conditions of network and client. Throws `invalid` for a text that is neither an address nor a network. */
export function trafficConditions({ network, client }: TrafficFilter): SQL[] {
  return [
    ...(network ? [isNetwork(network)] : []),
    ...(client === undefined || client === "" ? [] : [sql`starts_with(client, ${client})`]),
  ];
}

function isNetwork(text: string): SQL {
  const network = countedUnder(text);
  if (network === null) throw invalid("network", deskWords.errors.notNetwork);
  // Not told: every network lies in it.
  if (network === unknownNetwork) return sql`network = ${network}::cidr`;
  return sql`network <<= network(${network}::inet)`;
}

/** The networks that a text means: those of its block, or the one it lies in, of an address or a narrower block. Null = neither. */
function countedUnder(text: string): string | null {
  const [block] = parseNetworks([text]);
  if (!block) return null;
  const [base, bits] = block;
  const apart = networkOf(base.toString());
  return apart !== null && bits >= Number(apart.split("/")[1]) ? apart : `${base}/${bits}`;
}
