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
          ? "Enter your e-mail address, and a link to choose a new one is sent to it."
          : "This installation has no mail server, so no link can be sent. Ask whoever runs it for one: they get it with npm run gatehouse -- reset-link."}
      </p>
      {env().SMTP_URL ? <ForgotForm /> : null}
      <p className="mt-4 text-center">
        <TextLink href="/sign-in">Back to sign-in</TextLink>
      </p>
    </section>
  );
}
