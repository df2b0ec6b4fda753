"use client"; // Posts and tells what came of it.

import { useActionForm } from "#app/_parts/use-action-form.ts";
import { Button } from "#components/ui/button.tsx";
import { toast } from "#components/ui/toast.ts";
import { resendFailedMailAction, resendMailAction } from "./actions.ts";

/** Tries one message again. Its address is in the button's name, so that a row of buttons can be told apart. */
export function ResendMail({ mailId, to }: { mailId: string; to: string }) {
  const form = useActionForm(resendMailAction, { done: `On its way to ${to} again.` });
  return (
    <form onSubmit={form.onSubmit}>
      <input type="hidden" name="mailId" value={mailId} />
      <Button type="submit" size="sm" pending={form.pending} aria-label={`Send to ${to} again`}>
        Send again
      </Button>
      <span role="alert" className="block text-sm text-danger">
        {form.message}
      </span>
    </form>
  );
}

export function ResendFailed({ failed }: { failed: number }) {
  const form = useActionForm(resendFailedMailAction, {
    onDone: ({ resent }) => {
      toast.success(resent === 1 ? "1 message is on its way again." : `${resent} messages are on their way again.`);
    },
  });
  return (
    <form onSubmit={form.onSubmit} className="flex flex-col items-end gap-1">
      <Button type="submit" pending={form.pending} disabled={failed === 0}>
        Send all failed again
      </Button>
      <span role="alert" className="text-sm text-danger">
        {form.message}
      </span>
    </form>
  );
}
