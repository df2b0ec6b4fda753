import type { Metadata } from "next";
import { userPageCtx } from "#app/_lib/context.ts";
import { safeNext } from "#app/_lib/landing.ts";
import { listOwnOnlyWays } from "#core/single-sign-on/list-providers.ts";
import { SingleSignOnWay } from "../sign-in/single-sign-on-way.tsx";

export const metadata: Metadata = { title: "Single sign-on" };

/** Where a signed-in person comes who wants to go where only an issuer leads. */
export default async function SingleSignOnPage({ searchParams }: { searchParams: Promise<{ next?: unknown }> }) {
  const ways = await listOwnOnlyWays(await userPageCtx(), {});
  const next = safeNext((await searchParams).next) ?? "/";
  return (
    <section className="rounded-lg border border-line bg-panel p-6">
      <h1 className="text-lg font-semibold">Single sign-on</h1>
      <p className="mb-4 text-ink-2">
        {ways.length === 0
          ? "Nothing of yours asks for it."
          : "What you opened is reached through single sign-on only."}
      </p>
      <div className="flex flex-col gap-2">
        {ways.map(({ id, name }) => (
          <SingleSignOnWay key={id} providerId={id} name={name} next={next} />
        ))}
      </div>
    </section>
  );
}
