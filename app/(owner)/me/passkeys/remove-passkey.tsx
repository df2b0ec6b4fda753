"use client"; // Asks for a passkey or a code before it acts.

import { useRouter } from "next/navigation";
import { askPasskey } from "#app/_parts/ask-passkey.ts";
import { call } from "#app/_parts/use-action-form.ts";
import { Button } from "#components/ui/button.tsx";
import { ConfirmDialog } from "#components/ui/confirm-dialog.tsx";
import { Field } from "#components/ui/field.tsx";
import { Input } from "#components/ui/input.tsx";
import { toast } from "#components/ui/toast.ts";
import * as words from "#words/words.ts";
import { beginPasskeyRemovalAction, removePasskeyAction } from "./actions.ts";

export function RemovePasskey({ passkeyId, name }: { passkeyId: string; name: string }) {
  const router = useRouter();
  return (
    <ConfirmDialog
      trigger={
        <Button size="sm" aria-label={`Remove ${name}`}>
          Remove
        </Button>
      }
      title={`Remove “${name}”?`}
      consequences="It no longer signs you in, and you are signed out everywhere else. Your browser asks for one of your passkeys first."
      confirmLabel="Remove passkey"
      pendingText="Removing"
      onConfirm={async (form) => {
        if (!form.get("code")) {
          const asked = await askPasskey(beginPasskeyRemovalAction);
          if ("error" in asked) return asked;
          form.set("response", asked.response);
        }
        const answer = await call(removePasskeyAction, form);
        if (answer.status === "error") return { error: answer.message };
        if (!answer.shown.ok) return { error: words.passwordRefused(answer.shown) };
        toast.success(`“${name}” is removed`);
        router.refresh();
        return undefined;
      }}
    >
      <input type="hidden" name="passkeyId" value={passkeyId} />
      <Field
        name="code"
        label="Code"
        optional
        help="Instead of a passkey: of your authenticator app, or a recovery code."
      >
        {(control) => <Input {...control} autoComplete="one-time-code" maxLength={40} className="font-mono" />}
      </Field>
    </ConfirmDialog>
  );
}
