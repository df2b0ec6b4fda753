import type { Metadata } from "next";
import { visitorCtx } from "#app/_lib/context.ts";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { TextLink } from "#components/ui/text-link.tsx";
import { findReset } from "#core/auth/reset-password.ts";
import { ResetForm } from "./reset-form.tsx";

// Without its path, which is the secret; `no-referrer` would also take the Origin from the form, and it would be refused.
export const metadata: Metadata = { title: "New password", referrer: "strict-origin" };

export default async function ResetPage({ params }: { params: Promise<{ secret: string }> }) {
  const { secret } = await params;
  const found = await findReset.fromUnknown(await visitorCtx(), { secret }).catch(() => null);
  return (
    <section className="rounded-lg border border-line bg-panel p-6">
      {found ? (
        <>
          <h1 className="text-lg font-semibold">Choose a new password</h1>
          <p className="mb-4 text-ink-2">For {found.email}. You will be signed out everywhere.</p>
          <ResetForm
            secret={secret}
            email={found.email}
            asksName={found.isUnproven}
            passkeys={found.isUnproven ? [] : found.passkeys}
          />
        </>
      ) : (
        <EmptyState heading="h1" title="This link no longer works">
          It was used or has expired. <TextLink href="/forgot">Request a new one</TextLink>.
        </EmptyState>
      )}
    </section>
  );
}
