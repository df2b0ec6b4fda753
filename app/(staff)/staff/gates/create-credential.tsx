"use client"; // Holds the secret in memory for as long as its dialog is open.

import { useRouter } from "next/navigation";
import { useRef, useState } from "react";
import { useActionForm } from "#app/_parts/use-action-form.ts";
import { Button } from "#components/ui/button.tsx";
import { CopyOnce } from "#components/ui/copy-once.tsx";
import { Field, FieldError } from "#components/ui/field.tsx";
import { Input } from "#components/ui/input.tsx";
import { createCredentialAction } from "./actions.ts";

/** The first credential changes who the gates answer, so that is said before. */
export function CreateCredential({ gateUrl, isFirst }: { gateUrl: string; isFirst: boolean }) {
  const router = useRouter();
  const form = useRef<HTMLFormElement>(null);
  const [made, setMade] = useState<{ name: string; secret: string } | null>(null);
  const create = useActionForm(createCredentialAction, {
    onDone: (one) => {
      setMade(one);
      form.current?.reset();
    },
  });
  return (
    <>
      <form
        ref={form}
        onSubmit={create.onSubmit}
        className="flex flex-wrap items-start gap-3"
        aria-label="Create credential"
      >
        <Field
          name="name"
          label="Name"
          help={
            isFirst
              ? "The gateway it is for, like edge-1. From the first credential on every caller needs one, also on the gate's own machine: the gates refuse all others at once."
              : "The gateway it is for, like edge-1."
          }
          className="w-full sm:w-96"
          {...(create.errors.name ? { error: create.errors.name } : {})}
        >
          {(control) => <Input {...control} maxLength={50} autoComplete="off" />}
        </Field>
        <Button type="submit" variant="primary" pending={create.pending} className="sm:mt-6">
          Create credential
        </Button>
      </form>
      <div role="alert">{create.message ? <FieldError id="credential-error">{create.message}</FieldError> : null}</div>
      {made ? (
        <CopyOnce
          open
          title={`The credential of “${made.name}”`}
          description="Copy it now and put it into the gateway's configuration. It is stored only as a hash, so nobody can show it again."
          secret={made.secret}
          what="credential"
          example={{ label: "Try it", command: `curl -H 'X-Gate-Key: ${made.secret}' ${gateUrl}/metrics` }}
          onStored={() => {
            setMade(null);
            router.refresh();
          }}
        />
      ) : null}
    </>
  );
}
