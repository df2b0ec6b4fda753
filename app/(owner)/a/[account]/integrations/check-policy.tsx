"use client"; // Says beside the button why a check is refused.

import { PostForm } from "#app/_parts/post-form.tsx";
import { useActionForm } from "#app/_parts/use-action-form.ts";
import { Button } from "#components/ui/button.tsx";
import { checkPolicyAction } from "./actions.ts";

type CheckPolicyProps = { account: string; integrationId: string; name: string };

/** Has the privacy policy looked at now. */
export function CheckPolicy({ account, integrationId, name }: CheckPolicyProps) {
  const check = useActionForm(checkPolicyAction, { done: "Checking the page" });
  return (
    <PostForm sends={check}>
      <input type="hidden" name="account" value={account} />
      <input type="hidden" name="integrationId" value={integrationId} />
      <Button type="submit" size="sm" pending={check.pending} aria-label={`Check the privacy policy of ${name} now`}>
        Check now
      </Button>
      <p role="alert" className="mt-1 text-sm text-danger empty:hidden">
        {check.message}
      </p>
    </PostForm>
  );
}
