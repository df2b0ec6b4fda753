"use client"; // Holds the secret in memory for as long as its dialog is open.

import { useRouter } from "next/navigation";
import { useRef, useState } from "react";
import { PostForm } from "#app/_parts/post-form.tsx";
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
      <PostForm ref={form} sends={create} className="flex flex-wrap items-start gap-3" aria-label="Create credential">
        <Field
          name="name"
          label="Name"
          help={
            isFirst
              ? "The gateway it is for, e.g. edge-1. Once the first credential exists, every caller needs one, even on the gate's own machine. The gates refuse all others immediately."
              : "The gateway it is for, e.g. edge-1."
          }
          className="w-full sm:w-96"
          {...create.field("name")}
        >
          {(control) => <Input {...control} maxLength={50} autoComplete="off" />}
        </Field>
        <Button type="submit" variant="primary" pending={create.pending} className="sm:mt-6">
          Create credential
        </Button>
      </PostForm>
      <div role="alert">{create.message ? <FieldError id="credential-error">{create.message}</FieldError> : null}</div>
      {made ? (
        <CopyOnce
          open
          title={`Credential for “${made.name}”`}
          description="Copy it now and add it to the gateway's configuration. Only its hash is stored, so it cannot be shown again."
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
