import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { currentSession } from "#app/_lib/context.ts";
import { isFramed } from "#app/_lib/frame.ts";
import { landingPath } from "#app/_lib/landing.ts";
import { EmptyState } from "#components/ui/empty-state.tsx";

export const metadata: Metadata = { title: "Session over" };

/** Where a session that the provider's product opened ends: whoever came by it may have no password to sign in with. */
export default async function PortalEndPage() {
  if (await currentSession()) redirect(await landingPath());
  return (
    <section className="rounded-lg border border-line bg-panel p-6">
      <EmptyState heading="h1" title="You are signed out">
        Go back to where you came from, and open Gatehouse from there again.
        {(await isFramed())
          ? " If it ends here each time, your browser keeps no cookies in frames: open it in a tab."
          : ""}
      </EmptyState>
    </section>
  );
}
