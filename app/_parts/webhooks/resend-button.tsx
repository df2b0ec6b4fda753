"use client"; // Says at once that it is on its way.

import { PostForm } from "#app/_parts/post-form.tsx";
import { useActionForm } from "#app/_parts/use-action-form.ts";
import { Button } from "#components/ui/button.tsx";
import type { WebhookActions, WebhookSide } from "./webhook-actions.ts";

type ResendButtonProps = WebhookSide & { deliveryId: string; resend: WebhookActions["resend"] };

export function ResendButton({ deliveryId, resend, account }: ResendButtonProps) {
  const form = useActionForm(resend, { done: "Resending" });
  return (
    <PostForm sends={form}>
      {account ? <input type="hidden" name="account" value={account} /> : null}
      <input type="hidden" name="deliveryId" value={deliveryId} />
      <Button type="submit" size="sm" pending={form.pending}>
        Resend
      </Button>
      <p role="alert" className="text-danger text-sm empty:hidden">
        {form.message}
      </p>
    </PostForm>
  );
}
