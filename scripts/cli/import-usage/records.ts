import { keptPath } from "#core/gate/decision/record-decision.ts";
import { type JournalRecord, maxPathKept } from "#core/gate/journal/journal-line.ts";
import type { ReportedOutcome } from "#core/gate/state/rows.ts";
import { type EndpointMatcher, type EndpointRoute, matchEndpoint } from "#core/rules/limits/endpoint-match.ts";
import { storableText } from "#core/rules/storable-text.ts";
import { dayMs, hourMs } from "#core/rules/time.ts";
import type { NumberedEntry } from "../access-log/read-entries.ts";
import type { ClientTokens } from "../access-log/secrets-file.ts";
import { tokenOf } from "../replay/run-replay.ts";

/** A request as it is counted, and what became of it. */
export type LoadedRequest = { record: JournalRecord; answer: ReportedOutcome | null };

export type Endpoint = EndpointRoute & { id: number; cost: number };

/** Requests of the log as decisions that allowed them, moved by `shiftMs`: what the log's server refused is not among them. */
export async function* recordsOf(
  entries: AsyncIterable<NumberedEntry>,
  tokens: ClientTokens,
  matcher: EndpointMatcher<Endpoint>,
  { spread, shiftMs }: { spread: number | null; shiftMs: number },
): AsyncGenerator<LoadedRequest> {
  for await (const entry of entries) {
    const { accountId, tokenId } = tokenOf(tokens, entry, spread);
    const found = matchEndpoint(matcher, "http", entry.method.toUpperCase(), entry.target);
    const endpoint = found === "ambiguous" ? null : found;
    const record: JournalRecord = {
      atMs: entry.atMs + shiftMs,
      code: "allowed",
      surface: "http",
      accountId,
      tokenId,
      secretId: null,
      endpointId: endpoint?.id ?? 0,
      spent: endpoint?.cost ?? 0,
      recipients: null,
      ip: entry.ip,
      userAgent: entry.userAgent,
      caller: "",
      requestId: null,
      refusal: null,
    };
    yield { record, answer: answerOf(entry, record) };
  }
}

/** What the log's server answered, as an API reports it; null = the line does not say. */
function answerOf(entry: NumberedEntry, { tokenId, endpointId, atMs }: JournalRecord): ReportedOutcome | null {
  const { status, line, method, target, ip, userAgent } = entry;
  if (status === null || tokenId === null) return null;
  const asked = {
    method: method.toUpperCase(),
    path: keptText(keptPath(target) ?? ""),
    ip,
    userAgent: userAgent && keptText(userAgent),
  };
  return {
    ...{ id: String(line), tokenId, endpointId, kind: "status", status, requestId: null, atMs },
    ...(status >= 400 ? asked : { method: null, path: null, ip: null, userAgent: null }),
  };
}

const keptText = (text: string) => storableText(text).slice(0, maxPathKept);

/** UTC days that the given hours of the log lie on after the shift, epoch milliseconds. */
export function shiftedDays(hours: Iterable<number>, shiftMs: number): number[] {
  const days = new Set<number>();
  for (const hour of hours) {
    const fromMs = hour * hourMs + shiftMs;
    for (const atMs of [fromMs, fromMs + hourMs - 1]) days.add(Math.floor(atMs / dayMs) * dayMs);
  }
  return [...days].sort((a, b) => a - b);
}
