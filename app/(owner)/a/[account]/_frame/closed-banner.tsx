import { Banner } from "#components/ui/banner.tsx";
import { ButtonLink } from "#components/ui/button-link.tsx";
import { ZonedTime } from "#components/ui/zoned-time.tsx";

type ClosedBannerProps = { slug: string; closedAt: Date; reason: string | null; mayExport: boolean };

/** On every page of a closed account: since when, why, and what is left to do. */
export function ClosedBanner({ slug, closedAt, reason, mayExport }: ClosedBannerProps) {
  return (
    <Banner
      meaning="danger"
      title="This account is closed."
      action={
        mayExport ? (
          <ButtonLink href={`/a/${slug}/settings`} size="sm">
            Export its data
          </ButtonLink>
        ) : null
      }
    >
      The provider closed it on <ZonedTime at={closedAt.toISOString()} style="long" />. Every call is refused with
      account_closed; you can still read everything. {reason ? `Reason: ${reason}` : null}
    </Banner>
  );
}
