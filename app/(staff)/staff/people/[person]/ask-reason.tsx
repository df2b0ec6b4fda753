"use client"; // Asks before it acts.

import type { ActionResult } from "#app/_lib/action-result.ts";
import { call } from "#app/_parts/use-action-form.ts";
import { Button } from "#components/ui/button.tsx";
import { ConfirmDialog } from "#components/ui/confirm-dialog.tsx";
import { Field } from "#components/ui/field.tsx";
import { Textarea } from "#components/ui/textarea.tsx";

type AskProps = {
  button: string;
  title: string;
  consequences: string;
  tone: "danger" | "primary";
  // Whatever the action shows is of no use here.
  action: (form: FormData) => Promise<ActionResult<unknown>>;
  /** What the act is about, as hidden fields. */
  about: Record<string, string>;
  /** Left out where the reason was given before. */
  asksReason?: "told" | "kept";
};

/** A dialog for one act on a person, with the reason for it. */
export function AskReason({ button, title, consequences, tone, action, about, asksReason }: AskProps) {
  return (
    <ConfirmDialog
      trigger={<Button size="sm">{button}</Button>}
      title={title}
      consequences={consequences}
      confirmLabel={button}
      pendingText="Working"
      tone={tone}
      onConfirm={async (form) => {
        const result = await call(action, form);
        if (result.status !== "error") return undefined;
        return { error: Object.values(result.fields)[0] ?? result.message };
      }}
    >
      {Object.entries(about).map(([name, value]) => (
        <input key={name} type="hidden" name={name} value={value} />
      ))}
      {asksReason ? (
        <Field
          name="reason"
          label="Reason"
          required
          help={
            asksReason === "told" ? "Sent to the person by mail, and kept in the audit log." : "Kept in the audit log."
          }
        >
          {(control) => <Textarea {...control} rows={3} maxLength={500} />}
        </Field>
      ) : null}
    </ConfirmDialog>
  );
}
