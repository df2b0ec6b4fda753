"use client"; // Asks before it acts.

import type { ReactNode } from "react";
import type { ActionResult } from "#app/_lib/action-result.ts";
import { confirmed } from "#app/_parts/confirmed.ts";
import { Button } from "#components/ui/button.tsx";
import { ConfirmDialog } from "#components/ui/confirm-dialog.tsx";
import { Field } from "#components/ui/field.tsx";
import { Select } from "#components/ui/select.tsx";
import { memberRoles } from "#core/rules/vocabulary.ts";
import * as words from "#words/words.ts";
import { changeMemberRoleAction, leaveAccountAction, removeMemberAction, revokeInvitationAction } from "./actions.ts";

type AskProps = {
  button: string;
  title: string;
  consequences: string;
  confirmLabel: string;
  tone: "danger" | "primary";
  action: (form: FormData) => Promise<ActionResult>;
  children: ReactNode;
};

function Ask({ button, action, children, ...words }: AskProps) {
  return (
    <ConfirmDialog
      {...words}
      trigger={<Button size="sm">{button}</Button>}
      pendingText="Working"
      onConfirm={confirmed(action)}
    >
      {children}
    </ConfirmDialog>
  );
}

function Hidden({ values }: { values: Record<string, string> }) {
  return Object.entries(values).map(([name, value]) => <input key={name} type="hidden" name={name} value={value} />);
}

/** A live token whose secret the member has; `rights` are those in Gatehouse. */
export type HeldToken = { tokenId: string; name: string; rights: readonly string[] };

type MemberProps = { account: string; userId: string; name: string; tokens: readonly HeldToken[] };

/** What becomes of the tokens of a member who goes or gets another role. */
function HeldTokens({ tokens, fate }: { tokens: readonly HeldToken[]; fate: (rights: string) => string }) {
  if (tokens.length === 0) return null;
  return (
    <div className="text-sm">
      <p className="font-medium">Live tokens they created</p>
      <ul className="mt-1 flex max-h-48 list-disc flex-col gap-1 overflow-y-auto ps-5">
        {tokens.map(({ tokenId, name, rights }) => (
          <li key={tokenId} className="wrap-anywhere">
            “{name}” {rights.length === 0 ? "keeps working." : fate(rights.join(", "))}
          </li>
        ))}
      </ul>
    </div>
  );
}

const losesRights = (rights: string) => `keeps calling the API but loses its rights in Gatehouse: ${rights}.`;

export function ChangeRole({ account, userId, name, role, tokens }: MemberProps & { role: string }) {
  return (
    <Ask
      button="Role"
      title={`Change ${name}'s role`}
      consequences="Takes effect on their next request, also for the tokens they created."
      confirmLabel="Change role"
      tone="primary"
      action={changeMemberRoleAction}
    >
      <Hidden values={{ account, userId }} />
      <Field name="role" label="Role">
        {(control) => (
          <Select
            {...control}
            defaultValue={role}
            options={memberRoles.map((value) => ({ value, label: words.memberRoles[value].label }))}
          />
        )}
      </Field>
      <HeldTokens
        tokens={tokens}
        fate={(rights) =>
          `keeps calling the API. Of its rights in Gatehouse it keeps what the new role allows: ${rights}.`
        }
      />
    </Ask>
  );
}

export function RemoveMember({ account, userId, name, tokens }: MemberProps) {
  return (
    <Ask
      button="Remove"
      title={`Remove ${name} from this account?`}
      consequences="They lose access immediately. Tokens they created belong to the account: they keep calling the API, but no longer manage the account. Revoke the tokens that only they used."
      confirmLabel={`Remove ${name}`}
      tone="danger"
      action={removeMemberAction}
    >
      <Hidden values={{ account, userId }} />
      <HeldTokens tokens={tokens} fate={losesRights} />
    </Ask>
  );
}

/** In one's own row, for every role. */
export function LeaveAccount({ account }: { account: string }) {
  return (
    <Ask
      button="Leave"
      title="Leave this account?"
      consequences="You lose access immediately, and only an owner can invite you again. Tokens you created belong to the account: they keep calling the API, but no longer manage the account."
      confirmLabel="Leave the account"
      tone="danger"
      action={leaveAccountAction}
    >
      <Hidden values={{ account }} />
    </Ask>
  );
}

export function RevokeInvitation({
  account,
  invitationId,
  email,
}: {
  account: string;
  invitationId: string;
  email: string;
}) {
  return (
    <Ask
      button="Revoke"
      title={`Revoke the invitation of ${email}?`}
      consequences="The link stops working. You can invite them again."
      confirmLabel="Revoke invitation"
      tone="danger"
      action={revokeInvitationAction}
    >
      <Hidden values={{ account, invitationId }} />
    </Ask>
  );
}
