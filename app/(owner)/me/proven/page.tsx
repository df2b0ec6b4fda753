import type { Metadata } from "next";
import { currentSession, userPageCtx } from "#app/_lib/context.ts";
import { ProductMark } from "#app/_parts/product-mark.tsx";
import { Banner } from "#components/ui/banner.tsx";
import * as words from "#words/words.ts";
import { TellProven } from "./tell-proven.tsx";

export const metadata: Metadata = { title: "Confirmed" };

/** Where an issuer's window ends that a person proved themselves in; the page that waits for it continues. */
export default async function ProvenPage({ searchParams }: { searchParams: Promise<{ fault?: unknown }> }) {
  await userPageCtx();
  const { fault } = await searchParams;
  const issuer = (await currentSession())?.issuerName ?? words.anIssuer;
  return (
    <main className="mx-auto flex w-full max-w-md flex-col gap-4 px-4 py-6">
      <ProductMark name="Gatehouse" href="/" />
      {typeof fault === "string" ? (
        <Banner meaning="warning" title="Not confirmed">
          {words.singleSignOnRefused(fault, issuer)}
        </Banner>
      ) : (
        <Banner meaning="good" title="Confirmed">
          Close this window and continue in the other one.
          <TellProven />
        </Banner>
      )}
    </main>
  );
}
