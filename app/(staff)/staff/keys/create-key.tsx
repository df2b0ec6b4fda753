"use client"; // Holds the key in memory for as long as its dialog is open.

import { useRouter } from "next/navigation";
import { useState } from "react";
import { PostForm } from "#app/_parts/post-form.tsx";
import { useActionForm } from "#app/_parts/use-action-form.ts";
import { Button } from "#components/ui/button.tsx";
import { Checkbox } from "#components/ui/checkbox.tsx";
import { CopyOnce } from "#components/ui/copy-once.tsx";
import { Field, FieldError } from "#components/ui/field.tsx";
import { Input } from "#components/ui/input.tsx";
import { RadioCards } from "#components/ui/radio-cards.tsx";
import { Sheet } from "#components/ui/sheet.tsx";
import type { StaffKeyKind } from "#core/rules/vocabulary.ts";
import { createKeyAction } from "./actions.ts";

type CreateKeyProps = {
  /** Those the person can give. */
  scopes: Record<StaffKeyKind, readonly string[]>;
  apiUrl: string;
};

export function CreateKey({ scopes, apiUrl }: CreateKeyProps) {
  const router = useRouter();
  const [open, setOpen] = useState(false);
  const [kind, setKind] = useState<StaffKeyKind>("automation");
  const [made, setMade] = useState<{ name: string; secret: string } | null>(null);
  const form = useActionForm(createKeyAction, {
    onDone: (one) => {
      setOpen(false);
      setMade(one);
    },
  });
  return (
    <>
      <Sheet
        trigger={<Button variant="primary">Create key</Button>}
        open={open}
        onOpenChange={setOpen}
        title="Create key"
        description="It acts as you, within the scopes you choose, for as long as you are staff."
      >
        <PostForm sends={form} className="flex flex-col gap-4" aria-label="Create key">
          <Field name="name" label="Name" help="What it is for, e.g. nightly-export." {...errorOf(form.errors.name)}>
            {(control) => <Input {...control} required maxLength={50} autoComplete="off" />}
          </Field>
          <RadioCards
            name="kind"
            legend="Who uses it"
            value={kind}
            onValueChange={(value) => setKind(value === "personal" ? "personal" : "automation")}
            options={[
              {
                value: "automation",
                label: "A program",
                help: "Never suspends; throttles for 24 hours at most.",
              },
              { value: "personal", label: "I do, at a terminal", help: "Can do what your role can, for 12 hours." },
            ]}
          />
          {kind === "automation" ? (
            <Field
              name="expiresAt"
              label="Expires"
              optional
              help="It works until the end of that day, UTC."
              {...errorOf(form.errors.expiresAt)}
            >
              {(control) => <Input {...control} type="date" />}
            </Field>
          ) : null}
          <fieldset className="flex flex-col gap-2" aria-describedby="scopes-error">
            <legend className="font-medium">Scopes</legend>
            <div className="grid gap-x-4 gap-y-1 sm:grid-cols-2">
              {scopes[kind].map((scope) => (
                <Checkbox
                  key={scope}
                  name="scopes[]"
                  value={scope}
                  label={<code className="font-mono">{scope}</code>}
                />
              ))}
            </div>
            {form.errors.scopes ? <FieldError id="scopes-error">{form.errors.scopes}</FieldError> : null}
          </fieldset>
          <div role="alert">{form.message ? <FieldError id="key-error">{form.message}</FieldError> : null}</div>
          <Button type="submit" variant="primary" pending={form.pending}>
            Create key
          </Button>
        </PostForm>
      </Sheet>
      {made ? (
        <CopyOnce
          open
          title={`Key “${made.name}”`}
          description="Copy it now. Only its hash is stored, so it cannot be shown again."
          secret={made.secret}
          what="key"
          example={{ label: "Try it", command: `curl -H 'Authorization: Bearer ${made.secret}' ${apiUrl}/staff/gates` }}
          onStored={() => {
            setMade(null);
            router.refresh();
          }}
        />
      ) : null}
    </>
  );
}

const errorOf = (error: string | undefined) => (error ? { error } : {});
