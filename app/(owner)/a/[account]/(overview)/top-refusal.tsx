import { AskForMoreLink } from "#app/_parts/ask-for-more-link.tsx";
import { Banner } from "#components/ui/banner.tsx";
import { ButtonLink } from "#components/ui/button-link.tsx";
import { ZonedTime } from "#components/ui/zoned-time.tsx";
import { findLimit } from "#core/rules/limits/catalogue.ts";
import { isProvidersLimit } from "#core/rules/limits/limit-request.ts";
import type { getTopRefusal } from "#core/usage/get-top-refusal.ts";
import * as format from "#words/format.ts";
import * as words from "#words/words.ts";

type Top = NonNullable<Awaited<ReturnType<typeof getTopRefusal>>>;
type TopRefusalProps = { top: Top; slug: string };

/** What refuses most right now: which token, which endpoint, which limit, and what to do about it. */
export function TopRefusal({ top, slug }: TopRefusalProps) {
  const { code, endpoint, limiter, refused, tokenName } = top;
  const { title, advice } = words.refusal({ code, limiter });
  const filter = new URLSearchParams({ code, token: top.tokenId });
  const times = refused === 1 ? "once" : `${format.count(refused)} times`;
  return (
    <Banner
      meaning="warning"
      title={`“${tokenName ?? "A token"}” was refused ${times} in the last hour: ${title.toLowerCase()}.`}
      action={
        <ButtonLink href={`/a/${slug}/refusals?${filter}`} size="sm">
          See refusals
        </ButtonLink>
      }
    >
      {endpoint ? (
        <>
          On <code className="font-mono">{words.route(endpoint)}</code>
          {code === "rate_limited" ? `, ${whoseLimit(limiter, endpoint)},` : ""} since{" "}
          <ZonedTime at={top.sinceAt.toISOString()} style="time" />.{" "}
        </>
      ) : null}
      {advice}{" "}
      {isProvidersLimit({ code, limiter }) ? (
        <AskForMoreLink account={slug} endpointId={code === "quota_exceeded" ? null : (endpoint?.id ?? null)} />
      ) : null}
    </Banner>
  );
}

function whoseLimit(limiter: Top["limiter"], endpoint: NonNullable<Top["endpoint"]>): string {
  return limiter && findLimit(limiter.name)?.countedBy === "token"
    ? `by the token's own limit of ${words.limit(limiter.limit, limiter.windowSeconds)}`
    : `whose limit is ${words.limit(endpoint.limit, endpoint.windowSeconds)}`;
}
