"use client"; // Goes on by itself once the proof was right.

import type { ReactNode } from "react";
import type { ProofWays } from "#app/_lib/proof-ways.ts";
import { proveAgainAction } from "#app/(owner)/me/actions.ts";
import { beginPasskeyProofAction, provePasskeyAction } from "#app/(owner)/me/passkeys/actions.ts";
import { Button } from "#components/ui/button.tsx";
import { Field } from "#components/ui/field.tsx";
import { Input } from "#components/ui/input.tsx";
import { TextLink } from "#components/ui/text-link.tsx";
import * as words from "#words/words.ts";
import { PasskeyButton } from "./passkey-button.tsx";
import { PostForm } from "./post-form.tsx";
import { ProveAtIssuer } from "./prove-at-issuer.tsx";
import { useActionForm } from "./use-action-form.ts";

type ProofFormProps = {
  ways: ProofWays;
  onProven: () => void;
  /** Where a browser without script goes on to. */
  next?: string;
  /** Buttons beside the one that confirms. */
  children?: ReactNode;
};

/** Takes the person's password or a passkey again, or sends them to their issuer. */
export function ProofForm({ ways, onProven, next, children }: ProofFormProps) {
  const { hasPassword, hasPasskey, issuer } = ways;
  const away =
    hasPasskey || issuer !== null ? (
      <>
        {hasPasskey ? (
          <PasskeyButton
            label="Use a passkey"
            begin={beginPasskeyProofAction}
            finish={provePasskeyAction}
            onDone={onProven}
          />
        ) : null}
        {issuer === null ? null : (
          <ProveAtIssuer issuer={issuer} onProven={onProven} {...(next === undefined ? {} : { next })} />
        )}
      </>
    ) : null;
  if (!hasPassword)
    return (
      <div className="flex flex-col gap-4">
        {away ? null : (
          <p>
            You have no password yet. <TextLink href="/forgot">Set one by e-mail</TextLink>, or sign out and in again.
          </p>
        )}
        <div className="flex justify-end gap-2">
          {children}
          {away}
        </div>
      </div>
    );
  return (
    <div className="flex flex-col gap-4">
      {away}
      <PasswordProof onProven={onProven} {...(next === undefined ? {} : { next })}>
        {children}
      </PasswordProof>
    </div>
  );
}

function PasswordProof({ onProven, next, children }: Omit<ProofFormProps, "ways">) {
  const prove = useActionForm(proveAgainAction, { onDone: (answer) => (answer.ok ? onProven() : undefined) });
  const refused = prove.refusal ? words.passwordRefused(prove.refusal) : "";
  const error = prove.errors.password ?? (prove.message || refused);
  return (
    <PostForm sends={prove} className="flex flex-col gap-4">
      {next ? <input type="hidden" name="_next" value={next} /> : null}
      <Field name="password" label="Your password" required {...(error ? { error } : {})}>
        {(control) => <Input {...control} type="password" autoComplete="current-password" autoFocus />}
      </Field>
      <div className="flex justify-end gap-2">
        {children}
        <Button type="submit" variant="primary" pending={prove.pending}>
          Confirm
        </Button>
      </div>
    </PostForm>
  );
}
