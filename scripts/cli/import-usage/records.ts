import type { JournalRecord } from "#core/gate/journal/journal-line.ts";
import { type EndpointMatcher, type EndpointRoute, matchEndpoint } from "#core/rules/limits/endpoint-match.ts";
import { dayMs, hourMs } from "#core/rules/time.ts";
import type { NumberedEntry } from "../access-log/read-entries.ts";
import type { ClientTokens } from "../access-log/secrets-file.ts";
import { tokenOf } from "../replay/run-replay.ts";

export type Endpoint = EndpointRoute & { id: number; cost: number };

/** Requests of the log as decisions that allowed them, moved by `shiftMs`: what the log's server refused is not among them. */
export async function* recordsOf(
  entries: AsyncIterable<NumberedEntry>,
  tokens: ClientTokens,
  matcher: EndpointMatcher<Endpoint>,
  { spread, shiftMs }: { spread: number | null; shiftMs: number },
): AsyncGenerator<JournalRecord> {
  for await (const entry of entries) {
    const { accountId, tokenId } = tokenOf(tokens, entry, spread);
    const found = matchEndpoint(matcher, "http", entry.method.toUpperCase(), entry.target);
    const endpoint = found === "ambiguous" ? null : found;
    yield {
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
  }
}

/** UTC days that the given hours of the log lie on after the shift, epoch milliseconds. */
export function shiftedDays(hours: Iterable<number>, shiftMs: number): number[] {
  const days = new Set<number>();
  for (const hour of hours) {
    const fromMs = hour * hourMs + shiftMs;
    for (const atMs of [fromMs, fromMs + hourMs - 1]) days.add(Math.floor(atMs / dayMs) * dayMs);
  }
  return [...days].sort((a, b) => a - b);
}
