import { Banner } from "#components/ui/banner.tsx";
import { ButtonLink } from "#components/ui/button-link.tsx";
import type { NamedFinding } from "#core/usage/read-diagnosis.ts";
import * as words from "#words/words.ts";

/** The mistake that costs most at present, and the one thing to change. */
export function TopFinding({ finding, others, slug }: { finding: NamedFinding; others: number; slug: string }) {
  const { title, tokenName, endpoint, evidence, instruction } = finding;
  return (
    <Banner
      meaning="warning"
      title={`${title}: ${tokenName === null ? "this account" : `“${tokenName}”`}.`}
      action={
        <ButtonLink href={`/a/${slug}/health`} size="sm">
          {others > 0 ? `See this and ${others} more` : "See Health"}
        </ButtonLink>
      }
    >
      {endpoint ? (
        <>
          On <code className="font-mono">{words.route(endpoint)}</code>.{" "}
        </>
      ) : null}
      {evidence} <b className="font-semibold text-ink">{instruction}</b>
    </Banner>
  );
}
