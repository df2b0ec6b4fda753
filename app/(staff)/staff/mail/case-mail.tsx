"use client"; // Posts and tells what came of it.

import { PostForm } from "#app/_parts/post-form.tsx";
import { useActionForm } from "#app/_parts/use-action-form.ts";
import { Button } from "#components/ui/button.tsx";
import { setMyCaseMailAction } from "./actions.ts";

/** Whether this person gets mail about cases that wait. */
export function CaseMail({ mailsCases }: { mailsCases: boolean }) {
  const form = useActionForm(setMyCaseMailAction, {
    done: mailsCases ? "Mail about cases turned off." : "Mail about cases turned on.",
  });
  return (
    <PostForm sends={form} className="flex flex-wrap items-center justify-between gap-3">
      <p className="max-w-prose text-ink-2">
        {mailsCases
          ? "You get mail about your cases and unassigned ones: 5 minutes after one opens, every 15 minutes while it is ongoing, and after a day without anyone taking it."
          : "You get no mail about cases."}
      </p>
      <input type="hidden" name="mailsCases" value={mailsCases ? "false" : "true"} />
      <Button type="submit" pending={form.pending}>
        {mailsCases ? "Stop mail about cases" : "Mail me about cases"}
      </Button>
      <span role="alert" className="text-sm text-danger">
        {form.message}
      </span>
    </PostForm>
  );
}
