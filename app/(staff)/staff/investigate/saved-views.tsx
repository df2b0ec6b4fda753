"use client"; // Says that a view was saved, and asks before it is removed.

import { useState } from "react";
import { confirmed } from "#app/_parts/confirmed.ts";
import { PostForm } from "#app/_parts/post-form.tsx";
import { useActionForm } from "#app/_parts/use-action-form.ts";
import { Button } from "#components/ui/button.tsx";
import { Checkbox } from "#components/ui/checkbox.tsx";
import { ConfirmDialog } from "#components/ui/confirm-dialog.tsx";
import { Field } from "#components/ui/field.tsx";
import { Input } from "#components/ui/input.tsx";
import type { SavedInvestigation } from "#core/investigate/investigation-views.ts";
import { removeInvestigationAction, saveInvestigationAction } from "./actions.ts";

type SavedViewsProps = {
  views: readonly SavedInvestigation[];
  /** The query that the page shows, as it would be saved. */
  current: string;
};

/** A place to keep the view that is shown, or to remove it. */
export function KeepView({ views, current }: SavedViewsProps) {
  const here = views.find((one) => one.query === current);
  return here ? <RemoveView view={here} /> : <SaveView query={current} />;
}

function SaveView({ query }: { query: string }) {
  const [name, setName] = useState("");
  const save = useActionForm(saveInvestigationAction, { done: "View saved", onDone: () => setName("") });
  return (
    <PostForm sends={save} className="flex flex-wrap items-end gap-3">
      <input type="hidden" name="query" value={query} />
      <Field name="name" label="Save this view as" className="w-60 max-w-full" {...save.field("name")}>
        {(control) => (
          <Input {...control} value={name} onChange={(event) => setName(event.target.value)} autoComplete="off" />
        )}
      </Field>
      <Checkbox name="isShared" value="true" label="Share with the desk" className="py-1.5" />
      <Button type="submit" pending={save.pending}>
        Save
      </Button>
    </PostForm>
  );
}

function RemoveView({ view }: { view: SavedInvestigation }) {
  return (
    <ConfirmDialog
      trigger={
        <Button size="sm" className="w-fit">
          Remove “{view.name}”
        </Button>
      }
      title={`Remove the view “${view.name}”?`}
      consequences={view.isShared ? "It is removed for the whole desk." : "Only you have seen it."}
      confirmLabel="Remove view"
      pendingText="Removing"
      tone="primary"
      onConfirm={confirmed(removeInvestigationAction)}
    >
      <input type="hidden" name="viewId" value={view.id} />
    </ConfirmDialog>
  );
}
