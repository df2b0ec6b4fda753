import { Badge } from "#components/ui/badge.tsx";
import { ZonedTime } from "#components/ui/zoned-time.tsx";
import type { MailState } from "#core/rules/vocabulary.ts";

type InvitationStateProps = { expiresAt: Date; delivery: { state: MailState; sentAt: Date | null } | null };

/** Where the link of an open invitation is, and until when it works. */
export function InvitationState({ expiresAt, delivery }: InvitationStateProps) {
  return (
    <>
      <Delivered delivery={delivery} />
      <span className="block text-sm text-ink-2">
        link expires <ZonedTime at={expiresAt.toISOString()} style="date" />
      </span>
    </>
  );
}

function Delivered({ delivery }: Pick<InvitationStateProps, "delivery">) {
  if (delivery === null) return <Badge>link handed over</Badge>;
  if (delivery.state === "waiting") return <Badge>being sent</Badge>;
  if (delivery.sentAt === null) return <Badge meaning="danger">not delivered</Badge>;
  return (
    <span>
      sent <ZonedTime at={delivery.sentAt.toISOString()} style="date" />
    </span>
  );
}
