"use client"; // Keeps what is typed when the server refuses it.

import { Plug } from "lucide-react";
import { useState } from "react";
import { confirmed } from "#app/_parts/confirmed.ts";
import { PostForm } from "#app/_parts/post-form.tsx";
import { useActionForm } from "#app/_parts/use-action-form.ts";
import { Button } from "#components/ui/button.tsx";
import { Checkbox } from "#components/ui/checkbox.tsx";
import { ConfirmDialog } from "#components/ui/confirm-dialog.tsx";
import { Field, FieldError } from "#components/ui/field.tsx";
import { Input } from "#components/ui/input.tsx";
import { Sheet } from "#components/ui/sheet.tsx";
import { Textarea } from "#components/ui/textarea.tsx";
import type { IntegrationRow } from "#core/integrations/list-integrations.ts";
import { collectedData } from "#core/rules/vocabulary.ts";
import * as words from "#words/words.ts";
import { archiveIntegrationAction, createIntegrationAction, editIntegrationAction } from "./actions.ts";

type SheetProps = { account: string /** Null = a new one. */; row: IntegrationRow | null };

/** Adds or edits an integration beside the list. */
export function IntegrationSheet({ account, row }: SheetProps) {
  const [open, setOpen] = useState(false);
  return (
    <Sheet
      open={open}
      onOpenChange={setOpen}
      title={row ? `Edit “${row.name}”` : "Add an integration"}
      description="The provider's policy requires this of everyone who handles personal data."
      trigger={
        row ? (
          <Button size="sm" aria-label={`Edit ${row.name}`}>
            Edit
          </Button>
        ) : (
          <Button variant="primary" icon={<Plug aria-hidden />}>
            Add integration
          </Button>
        )
      }
    >
      <IntegrationForm account={account} row={row} onDone={() => setOpen(false)} />
    </Sheet>
  );
}

function IntegrationForm({ account, row, onDone }: SheetProps & { onDone: () => void }) {
  const save = useActionForm(row ? editIntegrationAction : createIntegrationAction, { done: "Saved", onDone });
  const { field } = save;
  return (
    <PostForm sends={save} className="flex flex-col gap-4">
      <input type="hidden" name="account" value={account} />
      {row ? (
        <>
          <input type="hidden" name="integrationId" value={row.id} />
          <input type="hidden" name="version" value={row.version} />
        </>
      ) : null}
      <Field name="name" label="Name" required {...field("name")}>
        {(control) => <Input defaultValue={row?.name} {...control} maxLength={80} autoComplete="off" />}
      </Field>
      <Field
        name="purpose"
        label="Purpose"
        help="Say what it does in a sentence or two."
        required
        {...field("purpose")}
      >
        {(control) => <Textarea defaultValue={row?.purpose} {...control} rows={3} maxLength={500} />}
      </Field>
      <Field
        name="contactEmail"
        label="Contact"
        help="For questions about privacy and security."
        required
        {...field("contactEmail")}
      >
        {(control) => <Input defaultValue={row?.contactEmail} {...control} type="email" autoComplete="off" />}
      </Field>
      <fieldset className="flex flex-col gap-1">
        <legend className="mb-1 font-medium">Personal data it collects</legend>
        {collectedData.map((word) => (
          <Checkbox
            key={word}
            name="dataCollected[]"
            value={word}
            defaultChecked={row?.dataCollected.includes(word)}
            label={words.collectedData[word]}
          />
        ))}
      </fieldset>
      <Field
        name="privacyPolicyUrl"
        label="Privacy policy"
        optional
        help="The page that tells people what you collect and why. Required if you collect anything. Gatehouse checks daily that it can be reached."
        {...field("privacyPolicyUrl")}
      >
        {(control) => (
          <Input defaultValue={row?.privacyPolicyUrl ?? ""} {...control} type="url" placeholder="https://" />
        )}
      </Field>
      <div role="alert">{save.message ? <FieldError id="integration-error">{save.message}</FieldError> : null}</div>
      <Button type="submit" variant="primary" size="lg" pending={save.pending}>
        Save
      </Button>
    </PostForm>
  );
}

export function ArchiveIntegration({ account, row }: { account: string; row: IntegrationRow }) {
  const tokens = row.tokens === 1 ? "Its token keeps" : `Its ${row.tokens} tokens keep`;
  return (
    <ConfirmDialog
      trigger={
        <Button size="sm" aria-label={`Archive ${row.name}`}>
          Archive
        </Button>
      }
      title={`Archive “${row.name}”?`}
      consequences={`${row.tokens === 0 ? "No token belongs to it." : `${tokens} working.`} New tokens can no longer be added to it. It stays in the list.`}
      confirmLabel="Archive"
      pendingText="Archiving"
      tone="primary"
      onConfirm={confirmed(archiveIntegrationAction)}
    >
      <input type="hidden" name="account" value={account} />
      <input type="hidden" name="integrationId" value={row.id} />
      <input type="hidden" name="version" value={row.version} />
    </ConfirmDialog>
  );
}
