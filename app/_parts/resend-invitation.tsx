"use client"; // Shows the new link once, where there is no mail server.

import { type ReactNode, useState } from "react";
import type { Action } from "#app/_lib/action.ts";
import { Button } from "#components/ui/button.tsx";
import { toast } from "#components/ui/toast.ts";
import { InvitationSent } from "./one-time-link.tsx";
import { PostForm } from "./post-form.tsx";
import { useActionForm } from "./use-action-form.ts";

type Handover = { path: string | null; sentTo: string | null };

type ResendInvitationProps = {
  action: Action<Handover>;
  invitationId: string;
  email: string;
  /** Slug of the account that invited; none for staff. */
  account?: string;
  /** The other buttons of the row. */
  children: ReactNode;
};

/** Sends an open invitation again with a new link; the old one stops working. */
export function ResendInvitation({ action, invitationId, email, account, children }: ResendInvitationProps) {
  const [link, setLink] = useState<Handover | null>(null);
  const resend = useActionForm(action, {
    onDone: (handover) => {
      if (handover.path === null) toast.success(`Sent again to ${email}`);
      else setLink(handover);
    },
  });
  return (
    <span className="flex flex-col items-end gap-2">
      <span className="inline-flex flex-wrap justify-end gap-2">
        <PostForm sends={resend} className="inline">
          {account ? <input type="hidden" name="account" value={account} /> : null}
          <input type="hidden" name="invitationId" value={invitationId} />
          <Button
            type="submit"
            size="sm"
            variant="ghost"
            pending={resend.pending}
            aria-label={`Resend the invitation of ${email}`}
          >
            Resend
          </Button>
        </PostForm>
        {children}
      </span>
      <span role="status" className="text-left empty:hidden">
        {resend.message}
        {link ? <InvitationSent email={email} {...link} /> : null}
      </span>
    </span>
  );
}
