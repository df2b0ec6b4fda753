"use client"; // Has the browser make the passkey.

import type { PublicKeyCredentialCreationOptionsJSON } from "@simplewebauthn/browser";
import { useRef, useState, useTransition } from "react";
import { CodeField } from "#app/_parts/code-field.tsx";
import { PostForm } from "#app/_parts/post-form.tsx";
import { call, useActionForm } from "#app/_parts/use-action-form.ts";
import { Button } from "#components/ui/button.tsx";
import { Dialog } from "#components/ui/dialog.tsx";
import { Field, FieldError } from "#components/ui/field.tsx";
import { Input } from "#components/ui/input.tsx";
import { toast } from "#components/ui/toast.ts";
import * as words from "#words/words.ts";
import { addPasskeyAction, beginPasskeyAction } from "./actions.ts";

/** `onAdded` gets recovery codes with the first second step. */
export function AddPasskey({ onAdded }: { onAdded: (codes: string[] | null) => void }) {
  const form = useRef<HTMLFormElement>(null);
  const [isOpen, setOpen] = useState(false);
  const [failed, setFailed] = useState("");
  const [making, startTransition] = useTransition();
  const begin = useActionForm(beginPasskeyAction, {
    onDone: (begun) => {
      if (begun.ok) startTransition(() => make(begun.options));
    },
  });
  const make = async (optionsJSON: PublicKeyCredentialCreationOptionsJSON) => {
    setFailed("");
    const sent = new FormData();
    sent.set("name", String(new FormData(form.current ?? undefined).get("_name") ?? ""));
    try {
      const { startRegistration } = await import("@simplewebauthn/browser");
      sent.set("response", JSON.stringify(await startRegistration({ optionsJSON })));
    } catch (error) {
      // What the browser calls a passkey of this person that the device has already.
      const isKnown = error instanceof Error && error.name === "InvalidStateError";
      return setFailed(isKnown ? words.passkeyOnDevice : words.passkeyNotMade);
    }
    const answer = await call(addPasskeyAction, sent);
    if (answer.status === "error") return setFailed(Object.values(answer.fields)[0] ?? answer.message);
    if (!answer.shown.ok) return setFailed(words.passkeyRefused(answer.shown));
    setOpen(false);
    toast.success("Passkey added");
    onAdded(answer.shown.codes);
  };
  const { refusal } = begin;
  const isOfCode = refusal?.reason === "code_required" || refusal?.reason === "wrong_code";
  const refused = refusal ? words.passwordRefused(refusal) : "";
  const message = failed || begin.message || (isOfCode ? "" : refused);
  return (
    <Dialog
      open={isOpen}
      onOpenChange={setOpen}
      size="sm"
      trigger={<Button>Add a passkey</Button>}
      title="Add a passkey"
      description="Your browser then asks for your fingerprint, face or PIN."
    >
      <PostForm ref={form} sends={begin} scriptOnly className="flex flex-col gap-4">
        <Field name="_name" label="Name" help="The device or password manager it is on, e.g. Work laptop." required>
          {(control) => <Input {...control} maxLength={50} autoComplete="off" />}
        </Field>
        {isOfCode ? <CodeField error={refused} /> : null}
        <div role="alert">{message ? <FieldError id="passkey-add-error">{message}</FieldError> : null}</div>
        <Button type="submit" variant="primary" pending={begin.pending || making}>
          Continue
        </Button>
      </PostForm>
    </Dialog>
  );
}
