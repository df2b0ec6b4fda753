import type { Metadata } from "next";
import { visitorCtx } from "#app/_lib/context.ts";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { ZonedTime } from "#components/ui/zoned-time.tsx";
import { findInvitation } from "#core/invitations/find-invitation.ts";
import * as words from "#words/words.ts";
import { AcceptForm } from "./accept-form.tsx";

// Without its path, which is the secret; `no-referrer` would also take the Origin from the form, and it would be refused.
export const metadata: Metadata = { title: "Invitation", referrer: "strict-origin" };

export default async function InvitationPage({ params }: { params: Promise<{ secret: string }> }) {
  const { secret } = await params;
  const found = await findInvitation.fromUnknown(await visitorCtx(), { secret }).catch(() => null);
  if (!found) {
    return (
      <section className="rounded-lg border border-line bg-panel p-6">
        <EmptyState heading="h1" title="This link no longer works">
          It was used, replaced by a newer one, or has expired. Ask the person who sent it for a new one.
        </EmptyState>
      </section>
    );
  }
  const titles = {
    first_admin: "Create the first admin",
    staff: `Join the staff as ${words.role(found.role)}`,
    member: `Join ${found.accountName ?? "the account"} as ${words.role(found.role)}`,
  };
  return (
    <section className="rounded-lg border border-line bg-panel p-6">
      <h1 className="text-lg font-semibold">{titles[found.kind]}</h1>
      <p className="mb-4 text-ink-2">
        {found.kind === "first_admin"
          ? "The admin can do everything on this desk and invites everyone else. "
          : found.hasUser
            ? `${found.email} already has a sign-in: confirm with its password. `
            : found.hasUser === false
              ? `You will sign in as ${found.email}. `
              : `You will sign in as ${found.email}. If you already do, enter your own password. `}
        The link works until <ZonedTime at={found.expiresAt.toISOString()} />.
      </p>
      <AcceptForm secret={secret} email={found.email} hasUser={found.hasUser === true} />
    </section>
  );
}
