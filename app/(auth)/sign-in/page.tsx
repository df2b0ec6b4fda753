import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { currentSession } from "#app/_lib/context.ts";
import { landingPath, safeNext } from "#app/_lib/landing.ts";
import { SignInForm } from "./sign-in-form.tsx";

export const metadata: Metadata = { title: "Sign in" };

export default async function SignInPage({ searchParams }: { searchParams: Promise<{ next?: unknown }> }) {
  const next = safeNext((await searchParams).next);
  if (await currentSession()) redirect(next ?? (await landingPath()));
  return (
    <section className="rounded-lg border border-line bg-panel p-6">
      <h1 className="text-lg font-semibold">Sign in</h1>
      <p className="mb-4 text-ink-2">To your API account or the staff desk.</p>
      <SignInForm next={next ?? "/"} />
    </section>
  );
}
