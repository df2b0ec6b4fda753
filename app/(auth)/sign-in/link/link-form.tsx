"use client"; // Hands its action to a form that says in place what came of it.

import { MailForm } from "#app/(auth)/mail-form.tsx";
import { requestSignInLinkAction } from "./actions.ts";

export function LinkForm({ next }: { next: string }) {
  return (
    <MailForm
      action={requestSignInLinkAction}
      next={next}
      errorId="link-error"
      done="If this address can sign in here, a link is on its way. Open it in this browser within 10 minutes; it works once. Check your spam folder too."
    />
  );
}
