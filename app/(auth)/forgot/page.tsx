import type { Metadata } from "next";
import { TextLink } from "#components/ui/text-link.tsx";
import { env } from "#core/runtime/env.ts";
import { ForgotForm } from "./forgot-form.tsx";

export const metadata: Metadata = { title: "Forgot password" };

export default function ForgotPage() {
  return (
    <section className="rounded-lg border border-line bg-panel p-6">
      <h1 className="text-lg font-semibold">Forgot your password?</h1>
      <p className="mb-4 text-ink-2">
        {env().SMTP_URL
          ? "Enter your e-mail address to get a link for choosing a new one."
          : "This installation has no mail server. Ask its operator for a link, created with npm run gatehouse -- reset-link."}
      </p>
      {env().SMTP_URL ? <ForgotForm /> : null}
      <p className="mt-4 text-center">
        <TextLink href="/sign-in">Back to sign-in</TextLink>
      </p>
    </section>
  );
}
