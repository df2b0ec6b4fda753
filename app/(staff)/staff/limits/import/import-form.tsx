"use client"; // Reads a chosen file, and keeps the text while the difference is shown.

import { useRouter } from "next/navigation";
import { type ChangeEvent, useState } from "react";
import { PostForm } from "#app/_parts/post-form.tsx";
import { useActionForm } from "#app/_parts/use-action-form.ts";
import { Button } from "#components/ui/button.tsx";
import { Checkbox } from "#components/ui/checkbox.tsx";
import { Field, FieldError } from "#components/ui/field.tsx";
import { Input } from "#components/ui/input.tsx";
import { Panel } from "#components/ui/panel.tsx";
import { Textarea } from "#components/ui/textarea.tsx";
import { toast } from "#components/ui/toast.ts";
import type { OpenapiPreview } from "#core/provider/preview-openapi.ts";
import { importOpenapiAction, previewOpenapiAction } from "../actions.ts";
import { Difference } from "./difference.tsx";

/** What one post of a form may hold, with some room. */
const mostBytes = 900_000;

/** Document in, difference out, and the import of exactly that difference. */
export function ImportForm() {
  const router = useRouter();
  const [document, setDocument] = useState("");
  const [seen, setSeen] = useState<OpenapiPreview | null>(null);
  const [isUnlimited, setUnlimited] = useState(false);
  const preview = useActionForm(previewOpenapiAction, { onDone: setSeen });
  const apply = useActionForm(importOpenapiAction, {
    onDone: ({ added, changed }) => {
      toast.success(`Imported: ${added} new, ${changed} changed. Takes effect on the next request.`);
      router.push("/staff/limits?view=endpoints");
    },
  });
  const change = (text: string) => {
    setDocument(text);
    setSeen(null);
  };
  const readFile = async (event: ChangeEvent<HTMLInputElement>) => {
    const file = event.target.files?.[0];
    if (file) change(await file.text());
  };
  const isTooLarge = document.length > mostBytes / 4 && new Blob([document]).size > mostBytes;
  const error = isTooLarge
    ? "This file is over 900 kB. Import it with “gatehouse import-openapi” or through the API."
    : preview.errors.document;
  const isNothing = seen !== null && seen.added.length + seen.changed.length + seen.newScopes.length === 0;
  return (
    <>
      <Panel title="Document">
        <PostForm sends={preview} scriptOnly className="flex flex-col gap-4">
          <Field name="_file" label="File" help="OpenAPI 3, as JSON or YAML" optional>
            {(control) => (
              <Input
                {...control}
                type="file"
                accept=".json,.yaml,.yml,application/json,application/yaml"
                onChange={readFile}
                className="h-auto py-1"
              />
            )}
          </Field>
          <Field name="document" label="Or paste its text" {...(error ? { error } : {})}>
            {(control) => (
              <Textarea
                {...control}
                mono
                rows={8}
                value={document}
                onChange={(event) => change(event.target.value)}
                spellCheck={false}
                className="max-h-80"
              />
            )}
          </Field>
          <div role="alert">
            {preview.message ? <FieldError id="preview-error">{preview.message}</FieldError> : null}
          </div>
          <div>
            <Button
              type="submit"
              variant={seen ? "secondary" : "primary"}
              pending={preview.pending}
              disabled={isTooLarge}
            >
              Compare
            </Button>
          </div>
        </PostForm>
      </Panel>
      <div role="status" className="flex flex-col gap-4">
        {seen ? <Difference seen={seen} /> : null}
      </div>
      {seen && !isNothing ? (
        <Panel title="Import">
          <PostForm sends={apply} scriptOnly className="flex flex-col gap-4">
            <input type="hidden" name="document" value={document} />
            <input type="hidden" name="fingerprint" value={seen.fingerprint} />
            <Field
              name="rateLimit"
              label="Requests per minute per account for each new endpoint"
              help="Registered endpoints keep their limits."
              className="max-w-sm"
              {...apply.field("rateLimit")}
            >
              {(control) => (
                <Input defaultValue={60} {...control} type="number" min={0} disabled={isUnlimited} required />
              )}
            </Field>
            <Checkbox
              name="isUnlimited"
              value="true"
              checked={isUnlimited}
              onChange={(event) => setUnlimited(event.target.checked)}
              label="No rate limit"
            />
            <div role="alert">
              {apply.message || apply.errors.document ? (
                <FieldError id="import-error">{apply.message || apply.errors.document}</FieldError>
              ) : null}
            </div>
            <div>
              <Button type="submit" variant="primary" pending={apply.pending}>
                Import {seen.added.length} new and {seen.changed.length} changed
              </Button>
            </div>
          </PostForm>
        </Panel>
      ) : null}
    </>
  );
}
