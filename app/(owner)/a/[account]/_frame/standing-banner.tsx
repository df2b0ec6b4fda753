import { Banner } from "#components/ui/banner.tsx";
import { ButtonLink } from "#components/ui/button-link.tsx";
import { ZonedTime } from "#components/ui/zoned-time.tsx";
import type { StandingView } from "#core/enforcement/get-standing.ts";
import * as words from "#words/words.ts";

type StandingBannerProps = { slug: string; standing: StandingView };

/** On every page while something is in force: what it is, until when, why, and where to read the rest. */
export function StandingBanner({ slug, standing }: StandingBannerProps) {
  const inForce = standing.actions.filter((action) => action.isInForce);
  const first = inForce.find((action) => action.type === "termination" || action.type === "suspension") ?? inForce[0];
  if (!first) return null;
  const isHard = first.type === "termination" || first.type === "suspension";
  return (
    <Banner
      live
      meaning={isHard ? "danger" : first.type === "notice" ? "info" : "warning"}
      title={`${words.inForce(first)}.`}
      action={
        <ButtonLink href={`/a/${slug}/standing`} size="sm">
          {first.statement ? "Read why" : "See standing"}
        </ButtonLink>
      }
    >
      {first.endsAt ? (
        <>
          Until <ZonedTime at={first.endsAt.toISOString()} style="long" />.{" "}
        </>
      ) : first.type === "notice" ? null : (
        "Without an end date. "
      )}
      {first.statement
        ? `Reason: ${first.statement.reasonTitle.toLowerCase()}.`
        : "The provider has not given its reasons yet."}
      {inForce.length > 1 ? ` ${inForce.length - 1} more in force.` : ""}
    </Banner>
  );
}
