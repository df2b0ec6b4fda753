"use client"; // Shows a secret that exists only in this browser's memory.

import { AlertDialog } from "radix-ui";
import { type ReactNode, useEffect, useState } from "react";
import { Button } from "./button.tsx";
import { Checkbox } from "./checkbox.tsx";
import { cn } from "./cn.ts";
import { dialogClass, overlayClass } from "./overlay-class.ts";
import { SecretText } from "./secret-text.tsx";

export type CopyOnceProps = {
  open: boolean;
  title: ReactNode;
  /** What it is and that it will not be shown again. */
  description: ReactNode;
  secret: string;
  /** What is copied, as in "Copy token". */
  what: string;
  /** A ready line to try it with. */
  example?: { label: ReactNode; command: string };
  onStored: () => void;
};

/** A secret shown once. Neither Escape nor a press outside closes it, only "I have stored it". */
export default function CopyOncePanel({ open, title, description, secret, what, example, onStored }: CopyOnceProps) {
  const [stored, setStored] = useState(false);

  // A reload would lose the secret for good, so the browser asks first.
  useEffect(() => {
    if (!open || stored) return;
    const ask = (event: BeforeUnloadEvent) => event.preventDefault();
    window.addEventListener("beforeunload", ask);
    return () => window.removeEventListener("beforeunload", ask);
  }, [open, stored]);

  function close() {
    setStored(false);
    onStored();
  }

  return (
    <AlertDialog.Root open={open}>
      <AlertDialog.Portal>
        <AlertDialog.Overlay className={overlayClass} />
        <AlertDialog.Content
          onEscapeKeyDown={(event) => event.preventDefault()}
          className={cn(dialogClass, "max-w-xl gap-4 overflow-y-auto p-5")}
        >
          <div>
            <AlertDialog.Title className="text-lg font-semibold">{title}</AlertDialog.Title>
            <AlertDialog.Description className="mt-1 text-ink-2">{description}</AlertDialog.Description>
          </div>
          <SecretText value={secret} what={what} wrap />
          {example ? (
            <div className="flex min-w-0 flex-col gap-1">
              <p className="font-medium">{example.label}</p>
              <SecretText value={example.command} what="command" />
            </div>
          ) : null}
          <div className="-mx-5 -mb-5 flex flex-wrap items-center justify-between gap-3 border-line border-t px-5 py-3">
            <Checkbox
              name="stored"
              label="I have stored it"
              checked={stored}
              onChange={(event) => setStored(event.target.checked)}
            />
            <Button variant="primary" disabled={!stored} onClick={close}>
              Done
            </Button>
          </div>
        </AlertDialog.Content>
      </AlertDialog.Portal>
    </AlertDialog.Root>
  );
}
