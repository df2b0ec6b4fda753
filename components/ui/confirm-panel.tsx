"use client"; // Asks before it acts.

import { AlertDialog } from "radix-ui";
import { type FormEvent, type ReactNode, useState, useTransition } from "react";
import { Button } from "./button.tsx";
import { cn } from "./cn.ts";
import { Field, FieldError } from "./field.tsx";
import { Input } from "./input.tsx";
import { dialogClass, overlayClass } from "./overlay-class.ts";
import { backTo, type Overlay, type Trigger } from "./use-overlay.tsx";

export type ConfirmDialogProps = {
  trigger?: Trigger;
  open?: boolean;
  onOpenChange?: (open: boolean) => void;
  /** Names the thing: "Revoke “billing-cron”?" */
  title: ReactNode;
  /** What will happen, in numbers. */
  consequences: ReactNode;
  confirmLabel: string;
  pendingText: string;
  tone?: "danger" | "primary";
  /** Must be typed first. Only for what cannot be undone. */
  typeName?: string;
  /** Form controls that belong to the act, such as a reason or hidden ids. */
  children?: ReactNode;
  /** Does it. Closes the dialog unless it answers with an error, which is shown and loses nothing typed. */
  onConfirm: (form: FormData) => Promise<{ error?: string } | undefined>;
};

type ConfirmPanelProps = Omit<ConfirmDialogProps, "trigger" | "open" | "onOpenChange"> & { overlay: Overlay };

/** The window of a dialog that asks before it acts. */
export default function ConfirmPanel({ overlay, ...props }: ConfirmPanelProps) {
  const { title, consequences, confirmLabel, pendingText, tone = "danger", typeName, children } = props;
  const [typed, setTyped] = useState("");
  const [error, setError] = useState("");
  const [pending, startTransition] = useTransition();

  function change(next: boolean) {
    if (pending) return;
    overlay.change(next);
    setTyped("");
    setError("");
  }

  // Not the form's `action`: that would empty the form even when the answer is an error.
  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    startTransition(async () => {
      const answer = await props.onConfirm(form);
      setError(answer?.error ?? "");
      if (answer?.error) return;
      overlay.change(false);
      setTyped("");
    });
  }

  return (
    <AlertDialog.Root open={overlay.isOpen} onOpenChange={change}>
      <AlertDialog.Portal>
        <AlertDialog.Overlay className={overlayClass} />
        <AlertDialog.Content
          onCloseAutoFocus={backTo(overlay.opener)}
          className={cn(dialogClass, "max-w-md overflow-y-auto p-5")}
        >
          <form method="post" onSubmit={submit} className="flex flex-col gap-4">
            <div className="min-w-0 wrap-anywhere">
              <AlertDialog.Title className="text-lg font-semibold">{title}</AlertDialog.Title>
              <AlertDialog.Description asChild>
                <div className="mt-1 text-ink-2">{consequences}</div>
              </AlertDialog.Description>
            </div>
            {children}
            {typeName ? (
              <Field
                name="typedName"
                label={
                  <>
                    Type <span className="font-mono font-normal select-all">{typeName}</span> to continue
                  </>
                }
              >
                {(control) => (
                  <Input {...control} autoComplete="off" value={typed} onChange={(e) => setTyped(e.target.value)} />
                )}
              </Field>
            ) : null}
            <div role="alert">{error ? <FieldError id="confirm-error">{error}</FieldError> : null}</div>
            <div className="flex flex-wrap justify-end gap-2">
              <AlertDialog.Cancel asChild>
                <Button>Cancel</Button>
              </AlertDialog.Cancel>
              <Button
                type="submit"
                variant={tone}
                pending={pending}
                disabled={typeName !== undefined && typed.trim() !== typeName}
                className="max-w-full"
              >
                <span className="truncate">{confirmLabel}</span>
              </Button>
              <span role="status" className="sr-only">
                {pending ? pendingText : ""}
              </span>
            </div>
          </form>
        </AlertDialog.Content>
      </AlertDialog.Portal>
    </AlertDialog.Root>
  );
}
