"use client"; // Says in place when it did not work.

import { useRouter } from "next/navigation";
import { PostForm } from "#app/_parts/post-form.tsx";
import { useActionForm } from "#app/_parts/use-action-form.ts";
import { Button } from "#components/ui/button.tsx";
import { FieldError } from "#components/ui/field.tsx";
import { acknowledgeNoticeAction } from "./actions.ts";

type AcknowledgeProps = { account: string; noticeId: string; subject: string };

/** Says that a notice has been read; its banner goes away for every member. */
export function Acknowledge({ account, noticeId, subject }: AcknowledgeProps) {
  const router = useRouter();
  const acknowledge = useActionForm(acknowledgeNoticeAction, { onDone: () => router.refresh() });
  return (
    <PostForm sends={acknowledge} className="flex flex-wrap items-center gap-2">
      <input type="hidden" name="account" value={account} />
      <input type="hidden" name="noticeId" value={noticeId} />
      <Button type="submit" size="sm" pending={acknowledge.pending} aria-label={`Acknowledge “${subject}”`}>
        Acknowledge
      </Button>
      <span role="alert">
        {acknowledge.message ? <FieldError id={`notice-${noticeId}`}>{acknowledge.message}</FieldError> : null}
      </span>
    </PostForm>
  );
}
