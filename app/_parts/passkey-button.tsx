"use client"; // Asks the browser for a passkey.

import { KeyRound } from "lucide-react";
import { useState, useTransition } from "react";
import type { Action } from "#app/_lib/action.ts";
import { Button } from "#components/ui/button.tsx";
import { FieldError } from "#components/ui/field.tsx";
import { useHydrated } from "#components/ui/use-hydrated.ts";
import * as words from "#words/words.ts";
import { askPasskey } from "./ask-passkey.ts";
import { call } from "./use-action-form.ts";

type PasskeyButtonProps = {
  label: string;
  begin: Parameters<typeof askPasskey>[0];
  finish: Action<{ ok: true } | words.PasskeyRefusal>;
  onDone: () => void;
  onRefused?: (refusal: words.PasskeyRefusal) => void;
};

/** One press, one finger. Without script there is no way to ask for a passkey, and no button. */
export function PasskeyButton({ label, begin, finish, onDone, onRefused }: PasskeyButtonProps) {
  const [message, setMessage] = useState("");
  const [pending, startTransition] = useTransition();
  if (!useHydrated()) return null;
  const press = () =>
    startTransition(async () => {
      setMessage("");
      const asked = await askPasskey(begin);
      if ("error" in asked) return setMessage(asked.error);
      const form = new FormData();
      form.set("response", asked.response);
      const answer = await call(finish, form);
      if (answer.status === "error") return setMessage(answer.message);
      if (!answer.shown.ok) {
        onRefused?.(answer.shown);
        return setMessage(words.passkeyRefused(answer.shown));
      }
      onDone();
    });
  return (
    <div className="flex flex-col gap-2">
      <Button type="button" icon={<KeyRound />} onClick={press} pending={pending}>
        {label}
      </Button>
      <div role="alert">{message ? <FieldError id="passkey-error">{message}</FieldError> : null}</div>
    </div>
  );
}
