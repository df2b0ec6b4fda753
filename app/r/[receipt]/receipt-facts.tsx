import { ProofHost } from "#app/_parts/proof-host.tsx";
import { UnmaskButton } from "#app/_parts/unmask-button.tsx";
import { unmaskAction } from "#app/(staff)/staff/reports/actions.ts";
import { CopyButton } from "#components/ui/copy-button.tsx";
import { type Definition, DefinitionList } from "#components/ui/definition-list.tsx";
import { RelativeTime } from "#components/ui/relative-time.tsx";
import { ZonedTime } from "#components/ui/zoned-time.tsx";
import type { getReceipt } from "#core/usage/get-receipt.ts";
import * as format from "#words/format.ts";
import * as words from "#words/words.ts";

type Refusal = Awaited<ReturnType<typeof getReceipt>>;

/** What was asked, by whom, which limit refused it and when it is safe to come again. */
export function ReceiptFacts({ refusal, now, isMasked }: { refusal: Refusal; now: Date; isMasked: boolean }) {
  return (
    <DefinitionList
      layout="text"
      items={[
        { term: "When", value: <ZonedTime at={refusal.at.toISOString()} style="exact" zone="both" /> },
        ...limitFacts(refusal, now),
        ...(refusal.hasDetails
          ? [{ term: "Asked", value: <span className="font-mono">{whatWasAsked(refusal)}</span> }]
          : []),
        { term: "Endpoint", value: refusal.endpointName ?? "none matched" },
        { term: "Token", value: refusal.tokenName ?? "none" },
        ...(refusal.hasDetails
          ? [
              { term: "From", value: <From refusal={refusal} isMasked={isMasked} /> },
              { term: "Client", value: refusal.userAgent ?? "not reported by the gateway" },
            ]
          : []),
        ...(refusal.requestId
          ? [{ term: "Request id", value: <code className="font-mono">{refusal.requestId}</code> }]
          : []),
        { term: "Gate", value: <span className="font-mono">{refusal.gateId}</span> },
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
  );
}

function From({ refusal: { ip, receipt }, isMasked }: { refusal: Refusal; isMasked: boolean }) {
  if (ip === null) return "not reported by the gateway";
  if (!isMasked) return ip;
  return (
    <>
      <UnmaskButton action={unmaskAction} what="request_address" subjectId={receipt} masked={ip} />
      <ProofHost />
    </>
  );
}

function limitFacts({ limiter, at, retryAfterSeconds }: Refusal, now: Date): Definition[] {
  if (limiter === null) return [];
  const left = Math.max(0, limiter.limit - limiter.used);
  const facts: Definition[] = [
    { term: "Refused by", value: `${words.limitName(limiter.name)}: ${words.limitSize(limiter)}` },
    {
      term: "Count at that time",
      value: `${format.count(limiter.used)} of ${format.count(limiter.limit)} used, ${format.count(left)} left`,
    },
  ];
  if (limiter.cost > 1) facts.push({ term: "Cost", value: format.count(limiter.cost) });
  if (words.isBeyondLimit(limiter)) return [...facts, { term: "Safe to retry", value: "never, at this cost" }];
  if (retryAfterSeconds === null) return facts;
  const retryAt = new Date(at.getTime() + retryAfterSeconds * 1000);
  const isOver = retryAt <= now;
  const time = <ZonedTime at={retryAt.toISOString()} style="exact" zone="both" />;
  const value = isOver ? (
    <>now (since {time})</>
  ) : (
    <>
      from {time}, <RelativeTime at={retryAt.toISOString()} />
    </>
  );
  return [...facts, { term: "Safe to retry", value }];
}

function whatWasAsked({ surface, method, path }: Refusal): string {
  if (surface !== "http") return surface.toUpperCase();
  return `${method ?? ""} ${path ?? ""}`.trim() || "not reported by the gateway";
}
