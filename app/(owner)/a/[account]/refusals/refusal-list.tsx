import { AskForMoreLink } from "#app/_parts/ask-for-more-link.tsx";
import { CopyButton } from "#components/ui/copy-button.tsx";
import { DefinitionList } from "#components/ui/definition-list.tsx";
import { RelativeTime } from "#components/ui/relative-time.tsx";
import { ZonedTime } from "#components/ui/zoned-time.tsx";
import type { LimitKind } from "#core/rules/limits/catalogue.ts";
import { isProvidersLimit } from "#core/rules/limits/limit-request.ts";
import type { listRefusals } from "#core/usage/list-refusals.ts";
import * as format from "#words/format.ts";
import * as words from "#words/words.ts";

type Refusal = Awaited<ReturnType<typeof listRefusals>>["refusals"][number];

type RefusalListProps = {
  /** Of the address, where its people can ask for more; absent where only a token is looked at. */
  account?: string;
  refusals: readonly Refusal[];
  open: boolean;
};

/** Refusals as rows that open: what was asked, which limit refused it, and one sentence of what to do. */
export function RefusalList({ account, refusals, open }: RefusalListProps) {
  return (
    <ul aria-label="Refusals, newest first">
      {refusals.map((refusal) => (
        <li key={refusal.receipt} className="border-line border-b last:border-0">
          <details open={open} className="group">
            <summary className="grid cursor-pointer grid-cols-[1fr_auto] items-baseline gap-x-4 gap-y-0.5 px-4 py-2.5 hover:bg-sunk focus-visible:-outline-offset-2 md:grid-cols-[10rem_1fr_9rem_9rem_6rem]">
              <span className="font-medium">{words.refusal(refusal).title}</span>
              <span className="order-2 col-span-2 min-w-0 truncate font-mono md:order-none md:col-span-1">
                {whatWasAsked(refusal)}
              </span>
              <span className="truncate text-ink-2 tabular-nums max-md:hidden">{limitOf(refusal)}</span>
              <span className="order-3 truncate text-ink-2 md:order-none">{refusal.tokenName ?? ""}</span>
              <span className="text-right text-ink-3">
                <RelativeTime at={refusal.at.toISOString()} />
              </span>
            </summary>
            <Detail {...(account === undefined ? {} : { account })} refusal={refusal} />
          </details>
        </li>
      ))}
    </ul>
  );
}

function Detail({ account, refusal }: { account?: string; refusal: Refusal }) {
  const said = words.refusal(refusal);
  const { limiter } = refusal;
  const isNever = limiter !== null && words.isBeyondLimit(limiter);
  const retryAt =
    refusal.retryAfterSeconds === null || isNever
      ? null
      : new Date(refusal.at.getTime() + refusal.retryAfterSeconds * 1000);
  return (
    <div className="flex flex-col gap-3 bg-sunk px-4 py-3">
      <p className="max-w-prose">
        {said.why} <b className="font-semibold">{said.advice}</b>{" "}
        {account !== undefined && isProvidersLimit(refusal) ? (
          <AskForMoreLink
            account={account}
            endpointId={refusal.code === "quota_exceeded" ? null : refusal.endpointId || null}
          />
        ) : null}
        {refusal.missingScope ? (
          <>
            {" "}
            The missing scope is <code className="font-mono">{refusal.missingScope}</code>.
          </>
        ) : null}
      </p>
      <DefinitionList
        layout="text"
        items={[
          { term: "When", value: <ZonedTime at={refusal.at.toISOString()} style="exact" zone="both" /> },
          ...(limiter
            ? [
                {
                  term: words.limitKinds[limiter.kind],
                  value: `${words.limitName(limiter.name)}: ${format.count(limiter.used)} of ${format.count(limiter.limit)} used per ${format.duration(limiter.windowSeconds)}${limiter.cost > 1 ? `, at a cost of ${format.count(limiter.cost)}` : ""}`,
                },
              ]
            : []),
          ...(retryAt
            ? [
                {
                  term: "Safe to retry",
                  value: (
                    <>
                      after {format.duration(refusal.retryAfterSeconds ?? 0)}, from{" "}
                      <ZonedTime at={retryAt.toISOString()} style="time" />
                    </>
                  ),
                },
              ]
            : []),
          { term: "Endpoint", value: refusal.endpointName ?? "none matched" },
          { term: "Code", value: <code className="font-mono">{refusal.code}</code> },
          { term: "From", value: refusal.ip ?? "not reported by the gateway" },
          { term: "Client", value: refusal.userAgent ?? "not reported by the gateway" },
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

const shortSize: Record<LimitKind, (limit: number, windowSeconds: number) => string> = {
  rate: words.limit,
  quota: (limit) => `${format.count(limit)} per day`,
};

/** The limit that refused, or what else was in the way, in few words. */
function limitOf({ limiter, missingScope, ip, code }: Refusal): string {
  if (limiter) return shortSize[limiter.kind](limiter.limit, limiter.windowSeconds);
  return missingScope ?? (code === "ip_not_allowed" || code === "account_ip_not_allowed" ? (ip ?? "") : "");
}

function whatWasAsked({ surface, method, path }: Refusal): string {
  if (surface !== "http") return surface.toUpperCase();
  return `${method ?? ""} ${path ?? ""}`.trim() || "not reported by the gateway";
}
