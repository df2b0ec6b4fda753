"use client"; // Hands its action to a form that says in place what came of it.

import { MailForm } from "#app/(auth)/mail-form.tsx";
import { requestResetAction } from "./actions.ts";

export function ForgotForm() {
  return (
    <MailForm
      action={requestResetAction}
      errorId="forgot-error"
      done="If this address has a sign-in here, a link is on its way. It works once, within an hour. Check your spam folder too."
    />
  );
}
