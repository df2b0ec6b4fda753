import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { safeNext } from "#app/_lib/landing.ts";
import { TextLink } from "#components/ui/text-link.tsx";
import { allowsSignInLinks } from "#core/auth/request-sign-in-link.ts";
import { LinkForm } from "./link-form.tsx";

export const metadata: Metadata = { title: "Sign in by e-mail" };

export default async function SignInLinkPage({ searchParams }: { searchParams: Promise<{ next?: unknown }> }) {
  if (!allowsSignInLinks()) notFound();
  return (
    <section className="rounded-lg border border-line bg-panel p-6">
      <h1 className="text-lg font-semibold">Sign in by e-mail</h1>
      <p className="mb-4 text-ink-2">
        Enter your e-mail address to get a link that signs you in. Staff use their password.
      </p>
      <LinkForm next={safeNext((await searchParams).next) ?? "/"} />
      <p className="mt-4 text-center">
        <TextLink href="/sign-in">Back to sign-in</TextLink>
      </p>
    </section>
  );
}
