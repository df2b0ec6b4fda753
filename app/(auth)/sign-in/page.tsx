import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { currentSession } from "#app/_lib/context.ts";
import { landingPath, safeNext } from "#app/_lib/landing.ts";
import { Banner } from "#components/ui/banner.tsx";
import { IssuerFault } from "./issuer-fault.tsx";
import { OtherWays } from "./other-ways.tsx";
import { SignInForm } from "./sign-in-form.tsx";

export const metadata: Metadata = { title: "Sign in" };

/** What a form without script has done before it led here. */
const done = new Map<unknown, string>([
  ["reset", "Password changed. Sign in with it."],
  ["invitation", "Your sign-in is ready. Sign in with your password."],
]);

type Asked = Promise<{ next?: unknown; after?: unknown; fault?: unknown; issuer?: unknown }>;

export default async function SignInPage({ searchParams }: { searchParams: Asked }) {
  const asked = await searchParams;
  const next = safeNext(asked.next);
  const title = done.get(asked.after);
  if (await currentSession()) redirect(next ?? (await landingPath()));
  return (
    <div className="flex flex-col gap-4">
      {title ? <Banner meaning="good" title={title} live /> : null}
      <IssuerFault fault={asked.fault} issuer={asked.issuer} />
      <section className="rounded-lg border border-line bg-panel p-6">
        <h1 className="text-lg font-semibold">Sign in</h1>
        <p className="mb-4 text-ink-2">To your API account or the staff desk.</p>
        <SignInForm next={next ?? "/"} />
        <OtherWays next={next ?? "/"} />
      </section>
    </div>
  );
}
