"use client"; // Posts and tells what came of it.

import { PostForm } from "#app/_parts/post-form.tsx";
import { useActionForm } from "#app/_parts/use-action-form.ts";
import { Button } from "#components/ui/button.tsx";
import { toast } from "#components/ui/toast.ts";
import { resendFailedMailAction, resendMailAction } from "./actions.ts";

/** Tries one message again. Its address is in the button's name, so that a row of buttons can be told apart. */
export function ResendMail({ mailId, to }: { mailId: string; to: string }) {
  const form = useActionForm(resendMailAction, { done: `Resending to ${to}.` });
  return (
    <PostForm sends={form}>
      <input type="hidden" name="mailId" value={mailId} />
      <Button type="submit" size="sm" pending={form.pending} aria-label={`Resend to ${to}`}>
        Resend
      </Button>
      <span role="alert" className="block text-sm text-danger">
        {form.message}
      </span>
    </PostForm>
  );
}

export function ResendFailed({ failed }: { failed: number }) {
  const form = useActionForm(resendFailedMailAction, {
    onDone: ({ resent }) => {
      toast.success(resent === 1 ? "Resending 1 message." : `Resending ${resent} messages.`);
    },
  });
  return (
    <PostForm sends={form} className="flex flex-col items-end gap-1">
      <Button type="submit" pending={form.pending} disabled={failed === 0}>
        Resend all failed
      </Button>
      <span role="alert" className="text-sm text-danger">
        {form.message}
      </span>
    </PostForm>
  );
}
