"use client"; // Keeps what is typed when the server refuses it.

import { useRouter } from "next/navigation";
import { useState } from "react";
import { PostForm } from "#app/_parts/post-form.tsx";
import { useActionForm } from "#app/_parts/use-action-form.ts";
import { Button } from "#components/ui/button.tsx";
import { Dialog, DialogClose } from "#components/ui/dialog.tsx";
import { Field, FieldError } from "#components/ui/field.tsx";
import { Input } from "#components/ui/input.tsx";
import * as format from "#words/format.ts";
import { capTokenAction } from "../tokens/actions.ts";

type CapTokenProps = {
  account: string;
  token: {
    tokenId: string;
    name: string;
    version: number;
    spent: number;
    capPerDay: number | null;
    capPerMinute: number | null;
  };
  quotaPerDay: number | null;
};

/** Gives a token a share of the quota that it cannot go beyond, so that it leaves the rest to the others. */
export function CapToken({ account, token, quotaPerDay }: CapTokenProps) {
  const [open, setOpen] = useState(false);
  const router = useRouter();
  const cap = useActionForm(capTokenAction, {
    done: `“${token.name}” is capped from its next request`,
    onDone: () => {
      setOpen(false);
      router.refresh();
    },
  });
  const ofQuota = quotaPerDay === null ? "" : ` of the account's ${format.count(quotaPerDay)}`;
  return (
    <Dialog
      open={open}
      onOpenChange={setOpen}
      size="sm"
      title={`Cap “${token.name}”`}
      description={`It used ${format.count(token.spent)}${ofQuota} today. Requests beyond its cap are refused with quota_exceeded until 00:00 UTC.`}
      trigger={
        <Button size="sm" aria-label={`Cap ${token.name}`}>
          Cap
        </Button>
      }
    >
      <PostForm sends={cap} className="flex flex-col gap-4">
        <input type="hidden" name="account" value={account} />
        <input type="hidden" name="tokenId" value={token.tokenId} />
        <input type="hidden" name="version" value={token.version} />
        {token.capPerMinute === null ? null : <input type="hidden" name="capPerMinute" value={token.capPerMinute} />}
        <Field
          name="capPerDay"
          label="Calls per day"
          optional
          help="Leave empty for no cap."
          {...cap.field("capPerDay")}
        >
          {(control) => (
            <Input defaultValue={token.capPerDay ?? ""} {...control} inputMode="numeric" autoComplete="off" />
          )}
        </Field>
        <div role="alert">{cap.message ? <FieldError id="cap-error">{cap.message}</FieldError> : null}</div>
        <div className="flex justify-end gap-2">
          <DialogClose>
            <Button>Cancel</Button>
          </DialogClose>
          <Button type="submit" variant="primary" pending={cap.pending}>
            Save
          </Button>
        </div>
      </PostForm>
    </Dialog>
  );
}
