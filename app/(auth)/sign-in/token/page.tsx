import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { TextLink } from "#components/ui/text-link.tsx";
import { setting } from "#core/runtime/env.ts";
import { TokenForm } from "./token-form.tsx";

export const metadata: Metadata = { title: "Sign in with a token" };

export default function SignInTokenPage() {
  if (!setting("TOKEN_SIGN_IN")) notFound();
  return (
    <section className="rounded-lg border border-line bg-panel p-6">
      <h1 className="text-lg font-semibold">Sign in with a token</h1>
      <p className="mb-4 text-ink-2">
        Enter an API token to see its usage, limits, refusals and standing for an hour. Nothing can be changed there.
      </p>
      <TokenForm />
      <p className="mt-4 text-center">
        <TextLink href="/sign-in">Back to sign-in</TextLink>
      </p>
    </section>
  );
}
