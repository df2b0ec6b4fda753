import type { Metadata } from "next";
import { browserSession, currentSession, visitorCtx } from "#app/_lib/context.ts";
import { framedField } from "#app/_lib/enter.ts";
import { cameFromProduct, isFramedByOtherSite } from "#app/_lib/frame.ts";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { findPortalLink } from "#core/portal/find-portal-link.ts";
import { PortalForm } from "./portal-form.tsx";

// Without its path, which is the secret; `no-referrer` would also take the Origin from the form, and it would be refused.
export const metadata: Metadata = { title: "Sign in", referrer: "strict-origin" };

/** Where a portal link leads. Looking at it leaves the link unused: its form does that. */
export default async function PortalPage({ params }: { params: Promise<{ secret: string }> }) {
  const { secret } = await params;
  const found = await findPortalLink.fromUnknown(await visitorCtx(), { secret }).catch(() => null);
  if (!found) {
    return (
      <section className="rounded-lg border border-line bg-panel p-6">
        <EmptyState heading="h1" title="This link no longer works">
          It was used, or is older than a minute. Go back to where you came from and open it again.
        </EmptyState>
      </section>
    );
  }
  const session = (await browserSession()) ?? (await currentSession());
  // Else anybody could put somebody else into an account of theirs, unseen: by a link of their own on a page or in a message.
  const isOfProduct = await cameFromProduct();
  const isOther = session !== null && !(session.portal && session.email === found.email);
  return (
    <section className="rounded-lg border border-line bg-panel p-6">
      <h1 className="text-lg font-semibold">Open {found.accountName}</h1>
      <p className="mb-4 text-ink-2">
        {isOther
          ? `You are signed in as ${session.email} in this browser. Continue to be ${found.email} instead.`
          : `You will be signed in as ${found.email}.`}
        {isOfProduct ? null : " If that is not you, or you did not ask for this, close the page."}
      </p>
      <PortalForm
        secret={secret}
        name={found.name}
        goesByItself={!isOther && isOfProduct}
        framedField={(await isFramedByOtherSite()) ? framedField : null}
      />
    </section>
  );
}
