import { Banner } from "#components/ui/banner.tsx";
import { RelativeTime } from "#components/ui/relative-time.tsx";
import { TextLink } from "#components/ui/text-link.tsx";
import { Acknowledge } from "../notices/acknowledge.tsx";

type Notice = { id: string; subject: string; body: string; createdAt: Date };

type NoticeBannerProps = { slug: string; unread: readonly Notice[]; mayAcknowledge: boolean };

/** The newest message of the provider that nobody has acknowledged. */
export function NoticeBanner({ slug, unread, mayAcknowledge }: NoticeBannerProps) {
  const [newest, ...more] = unread;
  if (!newest) return null;
  return (
    <Banner
      meaning="info"
      title={`${newest.subject}.`}
      action={mayAcknowledge ? <Acknowledge account={slug} noticeId={newest.id} subject={newest.subject} /> : undefined}
    >
      {newest.body} <RelativeTime at={newest.createdAt.toISOString()} className="text-ink-3" />{" "}
      {more.length > 0 ? <TextLink href={`/a/${slug}/standing#notices`}>and {more.length} more unread</TextLink> : null}
    </Banner>
  );
}
