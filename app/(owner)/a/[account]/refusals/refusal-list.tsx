import { decisionWords } from "#app/_parts/decision-words.ts";
import { CopyButton } from "#components/ui/copy-button.tsx";
import { DefinitionList } from "#components/ui/definition-list.tsx";
import { formatCount, formatDuration } from "#components/ui/format.ts";
import { RelativeTime } from "#components/ui/relative-time.tsx";
import { ZonedTime } from "#components/ui/zoned-time.tsx";
import { type DecisionCode, decisionCodes } from "#core/rules/vocabulary.ts";
import type { listRefusals } from "#core/usage/list-refusals.ts";

type Refusal = Awaited<ReturnType<typeof listRefusals>>["refusals"][number];

/** Refusals as rows that open: what was asked, which limit refused it, and one sentence of what to do. */
export function RefusalList({ refusals, open }: { refusals: readonly Refusal[]; open: boolean }) {
  return (
    <ul aria-label="Refusals, newest first">
      {refusals.map((refusal) => (
        <li key={refusal.receipt} className="border-line border-b last:border-0">
          <details open={open} className="group">
            <summary className="flex cursor-pointer flex-wrap items-baseline gap-x-3 gap-y-0.5 px-4 py-2.5 hover:bg-sunk focus-visible:-outline-offset-2">
              <span className="w-40 shrink-0 font-medium">{wordsOf(refusal.code).title}</span>
              <span className="min-w-0 flex-1 basis-48 truncate font-mono">{whatWasAsked(refusal)}</span>
              <span className="text-ink-2">{refusal.tokenName ?? ""}</span>
              <span className="w-28 text-right text-ink-3">
                <RelativeTime at={refusal.at.toISOString()} />
              </span>
            </summary>
            <Detail refusal={refusal} />
          </details>
        </li>
      ))}
    </ul>
  );
}

function Detail({ refusal }: { refusal: Refusal }) {
  const words = wordsOf(refusal.code);
  const { limiter } = refusal;
  const retryAt =
    refusal.retryAfterSeconds === null ? null : new Date(refusal.at.getTime() + refusal.retryAfterSeconds * 1000);
  return (
    <div className="flex flex-col gap-3 bg-sunk px-4 py-3">
      <p className="max-w-prose">
        {words.why} <b className="font-semibold">{words.advice}</b>
        {refusal.missingScope ? (
          <>
            {" "}
            The missing scope is <code className="font-mono">{refusal.missingScope}</code>.
          </>
        ) : null}
      </p>
      <DefinitionList
        items={[
          { term: "When", value: <ZonedTime at={refusal.at.toISOString()} style="exact" zone="both" /> },
          ...(limiter
            ? [
                {
                  term: limiter.kind === "quota" ? "Quota" : "Rate limit",
                  value: `${limiter.name}: ${formatCount(limiter.used)} of ${formatCount(limiter.limit)} used per ${formatDuration(limiter.windowSeconds)}`,
                },
              ]
            : []),
          ...(retryAt
            ? [
                {
                  term: "Safe to retry",
                  value: (
                    <>
                      after {formatDuration(refusal.retryAfterSeconds ?? 0)}, from{" "}
                      <ZonedTime at={retryAt.toISOString()} style="time" /> on
                    </>
                  ),
                },
              ]
            : []),
          { term: "Endpoint", value: refusal.endpointName ?? "none matched" },
          { term: "Code", value: <code className="font-mono">{refusal.code}</code> },
          { term: "From", value: refusal.ip ?? "not told by the gateway" },
          { term: "Client", value: refusal.userAgent ?? "not told by the gateway" },
          {
            term: "Receipt",
            value: (
              <span className="inline-flex items-center gap-2">
                <code className="break-all font-mono">{refusal.receipt}</code>
                <CopyButton value={refusal.receipt} what="receipt" />
              </span>
            ),
          },
        ]}
      />
    </div>
  );
}

function wordsOf(code: string) {
  const known: DecisionCode | undefined = decisionCodes.find((one) => one === code);
  return known ? decisionWords[known] : { title: code, why: "", advice: "" };
}

function whatWasAsked({ surface, method, path }: Refusal): string {
  if (surface !== "http") return surface.toUpperCase();
  return `${method ?? ""} ${path ?? ""}`.trim() || "not told by the gateway";
}
