import type { ClientTokens } from "../access-log/secrets-file.ts";
import type { LeftOutLines } from "../access-log/survey.ts";
import { number } from "../progress.ts";
import { byCode, minus, type TokenCounts, totalOf } from "./database-counts.ts";

export type Summary = {
  file: string;
  requests: number;
  /** Answered by the gate. */
  decided: number;
  codes: { code: string; requests: number; share: number }[];
  clients: number;
  /** The ten with the most requests. */
  heaviest: { account: string; requests: number; allowed: number; refused: number }[];
  /** Clients of which every request was allowed. */
  clientsNeverRefused: number;
  leftOut: LeftOutLines[];
  notSent: number;
  seconds: number;
  perSecond: number;
  database: Comparison;
};

export type Comparison =
  | { agrees: true; requests: number }
  /** Requests by code: what was answered, and what the database has counted. */
  | { agrees: false; differences: { code: string; answered: number; counted: number }[]; tokens: number };

type Facts = {
  file: string;
  requests: number;
  counts: TokenCounts;
  tokens: ClientTokens;
  leftOut: LeftOutLines[];
  notSent: number;
  /** Time spent sending, over all parts of the run. */
  tookMs: number;
  /** Decided in the part that `tookMs` is of. */
  counted: TokenCounts;
};

const heaviestShown = 10;

export function summarize({ counts, counted, tokens, tookMs, ...facts }: Facts): Summary {
  const decided = totalOf(counts);
  const clients = [...tokens].flatMap(([account, { tokenId }]) => {
    const codes = counts.get(tokenId);
    if (!codes) return [];
    const requests = [...codes.values()].reduce((a, b) => a + b, 0);
    const allowed = codes.get("allowed") ?? 0;
    return [{ account, requests, allowed, refused: requests - allowed }];
  });
  clients.sort((a, b) => b.requests - a.requests || (a.account < b.account ? -1 : 1));
  const seconds = Math.round(tookMs) / 1000;
  return {
    ...facts,
    decided,
    codes: byCode(counts).map(([code, requests]) => ({ code, requests, share: requests / decided })),
    clients: clients.length,
    heaviest: clients.slice(0, heaviestShown),
    clientsNeverRefused: clients.filter((one) => one.refused === 0).length,
    seconds,
    perSecond: seconds > 0 ? Math.round(decided / seconds) : 0,
    database: compare(counts, counted),
  };
}

/** Token by token and code by code: sums that agree by chance are not enough. */
export function compare(answered: TokenCounts, counted: TokenCounts): Comparison {
  const difference = minus(counted, answered);
  if (difference.size === 0) return { agrees: true, requests: totalOf(answered) };
  const [said, found] = [new Map(byCode(answered)), new Map(byCode(counted))];
  const codes = [...new Set(byCode(difference).map(([code]) => code))];
  return {
    agrees: false,
    differences: codes.map((code) => ({ code, answered: said.get(code) ?? 0, counted: found.get(code) ?? 0 })),
    tokens: difference.size,
  };
}

export function summaryText(summary: Summary): string {
  const { codes, heaviest, database } = summary;
  const rows = codes.map(({ code, requests, share }) => [code, number(requests), `${(share * 100).toFixed(1)} %`]);
  const accounts = heaviest.map((one) => [one.account, ...[one.requests, one.allowed, one.refused].map(number)]);
  const paragraphs = [
    table(["code", "requests", "share"], rows),
    table(["heaviest clients", "requests", "allowed", "refused"], accounts),
    `${number(summary.decided)} of ${number(summary.requests)} requests of ${number(summary.clients)} clients decided in ${summary.seconds.toFixed(1)} s (${number(summary.perSecond)}/s); ${number(summary.clientsNeverRefused)} clients were never refused.`,
  ];
  if (summary.notSent > 0) {
    paragraphs.push(
      `${number(summary.notSent)} requests are of a kind that the gate does not take; they were left out.`,
    );
  }
  return `${paragraphs.join("\n\n")}\n\n${comparisonText(database, codes)}`;
}

function comparisonText(database: Comparison, codes: Summary["codes"]): string {
  if (database.agrees) {
    const list = codes.map(({ code, requests }) => `${code} ${number(requests)}`).join(", ");
    return `database agrees: ${number(database.requests)} requests, by code: ${list}`;
  }
  const lines = database.differences.map(
    ({ code, answered, counted }) => `  ${code}: ${number(answered)} answered, ${number(counted)} in the database`,
  );
  return `database differs, for ${number(database.tokens)} tokens:\n${lines.join("\n")}`;
}

/** Columns as wide as their longest text; numbers to the right. */
function table(head: string[], rows: string[][]): string {
  const widths = head.map((title, i) => Math.max(title.length, ...rows.map((row) => row[i]?.length ?? 0)));
  const line = (row: string[]) =>
    row.map((text, i) => (i === 0 ? text.padEnd(widths[i] ?? 0) : text.padStart(widths[i] ?? 0))).join("  ");
  return [line(head), widths.map((width) => "─".repeat(width)).join("  "), ...rows.map(line)].join("\n");
}
