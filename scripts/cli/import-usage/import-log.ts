import { basename } from "node:path";
import type { Ctx } from "#core/frame/context.ts";
import { compileEndpoints } from "#core/rules/limits/endpoint-match.ts";
import { readPathRules } from "#core/usage/read-path-rules.ts";
import { endpoint } from "#db/schema/provider.ts";
import { accountsOf } from "../access-log/client-accounts.ts";
import { readEntries } from "../access-log/read-entries.ts";
import { registeredText, registerRoutes } from "../access-log/register-routes.ts";
import type { LeftOutLines, Survey } from "../access-log/survey.ts";
import type { OpenHandles } from "../connection.ts";
import { number, showProgress } from "../progress.ts";
import { loadHistory, type Sums } from "./load-history.ts";
import { recordsOf, shiftedDays } from "./records.ts";

export type ImportRequest = {
  file: string;
  survey: Survey;
  spread: number | null;
  /** The last request is moved to this time and all others with it; null = they keep their times. */
  endingAt: Date | null;
  isQuiet: boolean;
};

export type ImportSummary = {
  file: string;
  requests: number;
  clients: number;
  /** ISO 8601, after the shift. */
  from: string;
  to: string;
  leftOut: LeftOutLines[];
  /** What usage has gained per grain; each equals `requests`. */
  counted: Sums;
};

/** Loads a log as dated history. Throws, and has changed no usage then, when it was loaded before. */
export async function importLog(
  ctx: Ctx,
  { sql }: Pick<OpenHandles, "sql">,
  request: ImportRequest,
): Promise<ImportSummary> {
  const { file, survey, spread, endingAt, isQuiet } = request;
  const shiftMs = endingAt === null ? 0 : endingAt.getTime() - survey.lastAtMs;
  const since = new Date(Math.min(survey.firstAtMs + shiftMs, ctx.now.getTime()));
  const tokens = await accountsOf(ctx, { file, survey, since, isQuiet }, spread);
  const registered = await registerRoutes(ctx, survey.routes);
  if (!isQuiet) process.stderr.write(registeredText(registered));
  const endpoints = await ctx.db
    .select({
      id: endpoint.id,
      surface: endpoint.surface,
      method: endpoint.method,
      path: endpoint.path,
      cost: endpoint.cost,
    })
    .from(endpoint)
    .orderBy(endpoint.id);
  const matcher = compileEndpoints(endpoints, await readPathRules(ctx));
  const entries = readEntries(file, survey.reading);
  const progress = showProgress("Usage", survey.requests, "requests", isQuiet);
  const history = {
    fileHash: survey.hash,
    fileName: basename(file),
    requests: survey.requests,
    nowMs: ctx.now.getTime(),
    tokens: [...tokens.values()],
    days: shiftedDays(survey.hours, shiftMs),
  };
  try {
    const records = recordsOf(entries, tokens, matcher, { spread, shiftMs });
    const counted = await loadHistory(sql, history, records, progress.update);
    return {
      file: history.fileName,
      requests: survey.requests,
      clients: survey.clients.size,
      from: new Date(survey.firstAtMs + shiftMs).toISOString(),
      to: new Date(survey.lastAtMs + shiftMs).toISOString(),
      leftOut: survey.leftOut,
      counted,
    };
  } finally {
    progress.stop();
  }
}

/** What a log holds, before anything is done with it. */
export function surveySummary(file: string, survey: Survey): Omit<ImportSummary, "counted"> {
  return {
    file: basename(file),
    requests: survey.requests,
    clients: survey.clients.size,
    from: new Date(survey.firstAtMs).toISOString(),
    to: new Date(survey.lastAtMs).toISOString(),
    leftOut: survey.leftOut,
  };
}

export function surveyText({ requests, clients, from, to }: Omit<ImportSummary, "counted">): string {
  return `${number(requests)} requests of ${number(clients)} clients would be loaded, from ${minuteText(from)} to ${minuteText(to)} UTC.`;
}

export function importText({ requests, clients, from, to, counted }: ImportSummary): string {
  return [
    `${number(requests)} requests of ${number(clients)} clients are history now, from ${minuteText(from)} to ${minuteText(to)} UTC.`,
    `database agrees: ${number(counted.minute)} by the minute, ${number(counted.hour)} by the hour, ${number(counted.day)} by the day`,
  ].join("\n");
}

const minuteText = (iso: string) => iso.slice(0, 16).replace("T", " ");
