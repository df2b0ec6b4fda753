import { Banner } from "#components/ui/banner.tsx";
import { RelativeTime } from "#components/ui/relative-time.tsx";
import { TextLink } from "#components/ui/text-link.tsx";
import type { AlertRow } from "#core/alerts/list-alerts.ts";
import { SeeAll } from "../alerts/rule-parts.tsx";

const freshMs = 86_400_000;

/** The newest alert of the last day that nobody has seen and that still holds. */
export function AlertBanner({ slug, unseen, nowMs }: { slug: string; unseen: readonly AlertRow[]; nowMs: number }) {
  const [newest, ...more] = unseen.filter(
    (one) => nowMs - one.at.getTime() < freshMs && one.kind !== "test" && one.isOver !== true,
  );
  if (!newest) return null;
  return (
    <Banner
      meaning={newest.kind === "retired_secret" ? "danger" : "warning"}
      title={`${newest.subject}.`}
      action={<SeeAll account={slug} unseen={1} alertId={newest.id} />}
    >
      {newest.body} <RelativeTime at={newest.at} className="text-ink-3" />{" "}
      {more.length > 0 ? <TextLink href={`/a/${slug}/alerts`}>and {more.length} more</TextLink> : null}
    </Banner>
  );
}
