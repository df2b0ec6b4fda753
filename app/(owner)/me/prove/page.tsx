import type { Metadata } from "next";
import { currentSession, userPageCtx } from "#app/_lib/context.ts";
import { safeNext } from "#app/_lib/landing.ts";
import { proofWaysOf } from "#app/_lib/proof-ways.ts";
import { ProductMark } from "#app/_parts/product-mark.tsx";
import { PageHeader } from "#components/ui/page-header.tsx";
import { Panel } from "#components/ui/panel.tsx";
import { ProveAndGoOn } from "./prove-and-go-on.tsx";

export const metadata: Metadata = { title: "Confirm that it is you" };

/** Where a link or a form without script leads that needs a fresh proof. */
export default async function ProvePage({ searchParams }: { searchParams: Promise<{ next?: unknown }> }) {
  await userPageCtx();
  const ways = proofWaysOf(await currentSession());
  const next = safeNext((await searchParams).next) ?? "/";
  return (
    <main className="mx-auto flex w-full max-w-md flex-col gap-4 px-4 py-6">
      <ProductMark name="Gatehouse" href="/" />
      <PageHeader title="Confirm that it is you" lead="Then do again what you were about to do." />
      <Panel title={ways.hasPassword ? "Password" : "Sign in again"}>
        <ProveAndGoOn next={next} ways={ways} />
      </Panel>
    </main>
  );
}
