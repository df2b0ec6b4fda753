"use client"; // Asks before it acts.

import { useState } from "react";
import { PostForm } from "#app/_parts/post-form.tsx";
import { call, useActionForm } from "#app/_parts/use-action-form.ts";
import { Button } from "#components/ui/button.tsx";
import { ConfirmDialog } from "#components/ui/confirm-dialog.tsx";
import { Dialog, DialogClose } from "#components/ui/dialog.tsx";
import { FieldError } from "#components/ui/field.tsx";
import { RadioCards } from "#components/ui/radio-cards.tsx";
import { toast } from "#components/ui/toast.ts";
import * as format from "#words/format.ts";
import { extendOverlapAction, retireSecretAction } from "../actions.ts";
import { overlaps } from "./overlaps.ts";

type ActProps = { account: string; tokenId: string; version: number };

function Hidden({ account, tokenId, version }: ActProps) {
  return (
    <>
      <input type="hidden" name="account" value={account} />
      <input type="hidden" name="tokenId" value={tokenId} />
      <input type="hidden" name="version" value={version} />
    </>
  );
}

/** Ends the overlap. It says in numbers what would break. */
export function RetireSecret(props: ActProps & { preview: string; onOld: number; isSafe: boolean }) {
  const { preview, onOld, isSafe } = props;
  const requests = onOld === 1 ? "1 request" : `${format.count(onOld)} requests`;
  const use = onOld === 0 ? "It has not been used since the rotation." : `It made ${requests} since the rotation.`;
  return (
    <ConfirmDialog
      trigger={<Button variant={isSafe ? "primary" : "secondary"}>Retire the old secret now</Button>}
      title={`Retire ${preview}?`}
      consequences={
        isSafe
          ? `${use} It was not used in the last hour. From the next request it is refused with token_revoked.`
          : `${use} Clients that still use it are refused with token_revoked from their next request.`
      }
      confirmLabel="Retire secret"
      pendingText="Retiring"
      tone={isSafe ? "primary" : "danger"}
      onConfirm={async (form) => {
        const result = await call(retireSecretAction, form);
        if (result.status === "error") return { error: result.message };
        toast.success("Old secret retired");
        return undefined;
      }}
    >
      <Hidden {...props} />
    </ConfirmDialog>
  );
}

/** Gives the old secret another end, sooner or later. */
export function ExtendOverlap(props: ActProps) {
  const [open, setOpen] = useState(false);
  const extend = useActionForm(extendOverlapAction, {
    done: "Old secret rescheduled",
    onDone: () => setOpen(false),
  });
  return (
    <Dialog
      open={open}
      onOpenChange={setOpen}
      size="sm"
      title="Change when the old secret stops"
      trigger={<Button>Reschedule</Button>}
    >
      <PostForm sends={extend} className="flex flex-col gap-4">
        <Hidden {...props} />
        <RadioCards
          name="overlapHours"
          legend="Keep it working for"
          defaultValue="24"
          options={overlaps
            .filter(({ hours }) => hours > 0)
            .map(({ hours, label }) => ({ value: String(hours), label: `${label} from now` }))}
        />
        <div role="alert">{extend.message ? <FieldError id="extend-error">{extend.message}</FieldError> : null}</div>
        <div className="flex justify-end gap-2">
          <DialogClose>
            <Button>Cancel</Button>
          </DialogClose>
          <Button type="submit" variant="primary" pending={extend.pending}>
            Reschedule
          </Button>
        </div>
      </PostForm>
    </Dialog>
  );
}
