"use client"; // Asks again for what a stolen session does not have.

import { useState } from "react";
import type { Action } from "#app/_lib/action.ts";
import { CodeField } from "#app/_parts/code-field.tsx";
import { PostForm } from "#app/_parts/post-form.tsx";
import { useActionForm } from "#app/_parts/use-action-form.ts";
import { Button } from "#components/ui/button.tsx";
import { Dialog, DialogClose } from "#components/ui/dialog.tsx";
import { Field } from "#components/ui/field.tsx";
import { Input } from "#components/ui/input.tsx";
import type { Trigger } from "#components/ui/use-overlay.tsx";
import type { PasswordRefusal } from "#words/words.ts";
import * as words from "#words/words.ts";

type AskPasswordProps<Done> = {
  trigger: Trigger;
  title: string;
  description: string;
  confirmLabel: string;
  action: Action<Done | PasswordRefusal>;
  /** The person has a second step, and is asked for its code as well. */
  asksCode?: boolean;
  onDone: (done: Done) => void;
};

/** Does something about how a person signs in, after their password. */
export function AskPassword<Done extends { ok: true }>(props: AskPasswordProps<Done>) {
  const { trigger, title, description, confirmLabel, action, asksCode = false, onDone } = props;
  const [open, setOpen] = useState(false);
  const send = useActionForm(action, {
    onDone: (answer) => {
      if (!answer.ok) return;
      setOpen(false);
      onDone(answer);
    },
  });
  const refusal: PasswordRefusal | null = send.refusal;
  const refused = refusal ? words.passwordRefused(refusal) : "";
  const isOfCode = refusal?.reason === "code_required" || refusal?.reason === "wrong_code";
  const error = send.errors.password ?? (send.message || (isOfCode ? "" : refused));
  return (
    <Dialog open={open} onOpenChange={setOpen} size="sm" title={title} description={description} trigger={trigger}>
      <PostForm sends={send} className="flex flex-col gap-4">
        <Field name="password" label="Your password" required {...(error ? { error } : {})}>
          {(control) => <Input {...control} type="password" autoComplete="current-password" />}
        </Field>
        {asksCode ? <CodeField {...(isOfCode ? { error: refused } : {})} /> : null}
        <div className="flex justify-end gap-2">
          <DialogClose>
            <Button>Cancel</Button>
          </DialogClose>
          <Button type="submit" variant="primary" pending={send.pending}>
            {confirmLabel}
          </Button>
        </div>
      </PostForm>
    </Dialog>
  );
}
