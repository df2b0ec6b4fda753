"use client"; // Keeps what is typed when the server refuses it.

import { PostForm } from "#app/_parts/post-form.tsx";
import { useActionForm } from "#app/_parts/use-action-form.ts";
import { Button } from "#components/ui/button.tsx";
import { Dialog, DialogClose } from "#components/ui/dialog.tsx";
import { Field, FieldError } from "#components/ui/field.tsx";
import { Input } from "#components/ui/input.tsx";
import { renameTokenAction } from "./actions.ts";
import type { ActedToken } from "./token-row.ts";

export function RenameDialog({ row, onOpenChange }: { row: ActedToken; onOpenChange: (open: boolean) => void }) {
  const rename = useActionForm(renameTokenAction, { done: "Renamed", onDone: () => onOpenChange(false) });
  return (
    <Dialog
      open
      onOpenChange={onOpenChange}
      size="sm"
      title={`Rename “${row.name}”`}
      description="Only the name changes; the secret stays."
    >
      <PostForm sends={rename} className="flex flex-col gap-4">
        <input type="hidden" name="account" value={row.account} />
        <input type="hidden" name="tokenId" value={row.id} />
        <input type="hidden" name="version" value={row.version} />
        <Field name="name" label="New name" required error={rename.errors.name}>
          {(control) => <Input defaultValue={row.name} {...control} maxLength={50} autoComplete="off" />}
        </Field>
        <div role="alert">{rename.message ? <FieldError id="rename-error">{rename.message}</FieldError> : null}</div>
        <div className="flex justify-end gap-2">
          <DialogClose>
            <Button>Cancel</Button>
          </DialogClose>
          <Button type="submit" variant="primary" pending={rename.pending}>
            Rename
          </Button>
        </div>
      </PostForm>
    </Dialog>
  );
}
