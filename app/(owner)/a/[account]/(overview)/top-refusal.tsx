import { decisionWords } from "#app/_parts/decision-words.ts";
import { endpointWords, limitWords } from "#app/_parts/endpoint-words.ts";
import { Banner } from "#components/ui/banner.tsx";
import { ButtonLink } from "#components/ui/button-link.tsx";
import { formatCount } from "#components/ui/format.ts";
import { ZonedTime } from "#components/ui/zoned-time.tsx";
import type { getTopRefusal } from "#core/usage/get-top-refusal.ts";

type TopRefusalProps = { top: NonNullable<Awaited<ReturnType<typeof getTopRefusal>>>; slug: string };

/** What refuses most right now: which token, which endpoint, which limit, and what to do about it. */
export function TopRefusal({ top, slug }: TopRefusalProps) {
  const { code, endpoint, refused, tokenName } = top;
  const { title, advice } = decisionWords[code];
  const filter = new URLSearchParams({ code, token: top.tokenId });
  const times = refused === 1 ? "once" : `${formatCount(refused)} times`;
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
          On <code className="font-mono">{endpointWords(endpoint)}</code>
          {code === "rate_limited" ? `, whose limit is ${limitWords(endpoint.limit, endpoint.windowSeconds)},` : ""}{" "}
          since <ZonedTime at={top.sinceAt.toISOString()} style="time" />.{" "}
        </>
      ) : null}
      {advice}
    </Banner>
  );
}
