"use client"; // Opens over what was sent.

import type { ProofWays } from "#app/_lib/proof-ways.ts";
import { Button } from "#components/ui/button.tsx";
import { Dialog, DialogClose } from "#components/ui/dialog.tsx";
import { ProofForm } from "./proof-form.tsx";

type ProofPromptProps = { ways: ProofWays; onAnswer: (isProven: boolean) => void };

export default function ProofPrompt({ ways, onAnswer }: ProofPromptProps) {
  const how = ways.hasPassword ? "Enter your password to continue." : "Sign in again to continue.";
  return (
    <Dialog
      open
      onOpenChange={(open) => (open ? undefined : onAnswer(false))}
      size="sm"
      title="Confirm that it is you"
      description={`${how} It is not asked for again for 15 minutes.`}
    >
      <ProofForm ways={ways} onProven={() => onAnswer(true)}>
        <DialogClose>
          <Button>Cancel</Button>
        </DialogClose>
      </ProofForm>
    </Dialog>
  );
}
