"use client"; // Asks before it acts.

import { confirmed } from "#app/_parts/confirmed.ts";
import { Button } from "#components/ui/button.tsx";
import { ConfirmDialog } from "#components/ui/confirm-dialog.tsx";
import { Field } from "#components/ui/field.tsx";
import { Select } from "#components/ui/select.tsx";
import { staffRoles } from "#core/rules/vocabulary.ts";
import * as words from "#words/words.ts";
import { changeStaffRoleAction, removeStaffAction, revokeStaffInvitationAction } from "./actions.ts";

type Person = { userId: string; name: string; role: string; isBreakGlass: boolean };

const glass = " They are the break-glass admin: without another one, nobody gets in when the issuer is away.";

/** Another role, or off the staff. The last admin is kept by the server. */
export function PersonButtons({ userId, name, role, isBreakGlass }: Person) {
  const warning = isBreakGlass ? glass : "";
  return (
    <span className="flex justify-end gap-2">
      <ConfirmDialog
        trigger={
          <Button size="sm" aria-label={`Change ${name}'s role`}>
            Role
          </Button>
        }
        title={`Change ${name}'s role?`}
        consequences={`Takes effect on their next request.${warning}`}
        confirmLabel="Change role"
        pendingText="Changing"
        tone="primary"
        onConfirm={confirmed(changeStaffRoleAction)}
      >
        <input type="hidden" name="userId" value={userId} />
        <Field name="role" label="Role">
          {(control) => (
            <Select
              {...control}
              defaultValue={role}
              options={staffRoles.map((value) => ({ value, label: words.staffRoles[value].label }))}
            />
          )}
        </Field>
      </ConfirmDialog>
      <ConfirmDialog
        trigger={
          <Button size="sm" variant="ghost" aria-label={`Remove ${name}`}>
            Remove
          </Button>
        }
        title={`Remove ${name} from the staff?`}
        consequences={`Their sessions, keys and invitations end immediately, and their cases become unassigned. Their past work stays in the history under their name.${warning}`}
        confirmLabel="Remove"
        pendingText="Removing"
        onConfirm={confirmed(removeStaffAction)}
      >
        <input type="hidden" name="userId" value={userId} />
      </ConfirmDialog>
    </span>
  );
}

export function RevokeInvitation({ invitationId, email }: { invitationId: string; email: string }) {
  return (
    <ConfirmDialog
      trigger={
        <Button size="sm" variant="ghost" aria-label={`Revoke the invitation of ${email}`}>
          Revoke
        </Button>
      }
      title={`Revoke the invitation of ${email}?`}
      consequences="The link stops working. You can invite them again."
      confirmLabel="Revoke invitation"
      pendingText="Revoking"
      onConfirm={confirmed(revokeStaffInvitationAction)}
    >
      <input type="hidden" name="invitationId" value={invitationId} />
    </ConfirmDialog>
  );
}
