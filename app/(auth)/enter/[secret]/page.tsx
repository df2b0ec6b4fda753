import type { Metadata } from "next";
import { currentSession, visitorCtx } from "#app/_lib/context.ts";
import { safeNext } from "#app/_lib/landing.ts";
import { linkBrowser } from "#app/_lib/link-cookie.ts";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { TextLink } from "#components/ui/text-link.tsx";
import { findSignInLink } from "#core/auth/enter-by-link.ts";
import * as words from "#words/words.ts";
import { EnterForm } from "./enter-form.tsx";

// Without its path, which is the secret; `no-referrer` would also take the Origin from the form, and it would be refused.
export const metadata: Metadata = { title: "Sign in", referrer: "strict-origin" };

type EnterPageProps = { params: Promise<{ secret: string }>; searchParams: Promise<{ next?: unknown }> };

/** Where a mailed sign-in link leads. Looking at it leaves the link unused: its form does that. */
export default async function EnterPage({ params, searchParams }: EnterPageProps) {
  const { secret } = await params;
  const browser = await linkBrowser();
  const found = await findSignInLink.fromUnknown(await visitorCtx(), { secret, browser }).catch(() => null);
  const session = await currentSession();
  return (
    <section className="rounded-lg border border-line bg-panel p-6">
      {found === null ? (
        <EmptyState heading="h1" title="This link no longer works">
          It was used or is older than 10 minutes. <TextLink href="/sign-in/link">Request a new one</TextLink>.
        </EmptyState>
      ) : found === "elsewhere" ? (
        <EmptyState heading="h1" title="Open this link where you asked for it">
          {words.errors.openWhereAsked}
        </EmptyState>
      ) : (
        <>
          <h1 className="text-lg font-semibold">Sign in</h1>
          <p className="mb-4 text-ink-2">As {found.email}.</p>
          <EnterForm
            secret={secret}
            next={safeNext((await searchParams).next) ?? "/"}
            asksName={found.isUnproven}
            asksCode={found.asksCode}
            goesByItself={!found.isUnproven && !found.asksCode && session === null}
          />
        </>
      )}
    </section>
  );
}
