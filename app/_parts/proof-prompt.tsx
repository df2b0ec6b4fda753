"use client"; // Opens over what was sent.

import { Button } from "#components/ui/button.tsx";
import { Dialog, DialogClose } from "#components/ui/dialog.tsx";
import { ProofForm } from "./proof-form.tsx";

export default function ProofPrompt({ onAnswer }: { onAnswer: (isProven: boolean) => void }) {
  return (
    <Dialog
      open
      onOpenChange={(open) => (open ? undefined : onAnswer(false))}
      size="sm"
      title="Confirm that it is you"
      description="Enter your password to continue. It is not asked for again for 15 minutes."
    >
      <ProofForm onProven={() => onAnswer(true)}>
        <DialogClose>
          <Button>Cancel</Button>
        </DialogClose>
      </ProofForm>
    </Dialog>
  );
}
