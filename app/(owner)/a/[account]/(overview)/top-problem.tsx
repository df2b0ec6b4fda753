import { decisionWords } from "#app/_parts/decision-words.ts";
import { endpointWords, limitWords } from "#app/_parts/endpoint-words.ts";
import { Banner } from "#components/ui/banner.tsx";
import { ButtonLink } from "#components/ui/button.tsx";
import { formatCount } from "#components/ui/format.ts";
import { ZonedTime } from "#components/ui/zoned-time.tsx";
import type { getTopRefusal } from "#core/usage/get-top-refusal.ts";

type Problem = NonNullable<Awaited<ReturnType<typeof getTopRefusal>>>;

/** What refused most in the last hour: which token, where, by which limit, and what to do about it. */
export function TopProblem({ slug, problem }: { slug: string; problem: Problem }) {
  const words = decisionWords[problem.code];
  const { endpoint } = problem;
  const isLimit = problem.code === "rate_limited" && endpoint?.limit != null;
  const query = new URLSearchParams({ code: problem.code, ...(problem.tokenName ? { token: problem.tokenId } : {}) });
  return (
    <Banner
      meaning="warning"
      title={`“${problem.tokenName ?? "A token"}”: ${words.title.toLowerCase()}, ${formatCount(problem.refused)} ${problem.refused === 1 ? "time" : "times"}`}
      action={<ButtonLink href={`/a/${slug}/refusals?${query}`}>See refusals</ButtonLink>}
    >
      Since <ZonedTime at={problem.sinceAt.toISOString()} style="time" />
      {endpoint ? (
        <>
          {" "}
          on <code className="font-mono">{endpointWords(endpoint)}</code>
          {isLimit ? `, whose limit is ${limitWords(endpoint.limit, endpoint.windowSeconds)}` : ""}
        </>
      ) : null}
      . {words.advice}
    </Banner>
  );
}
