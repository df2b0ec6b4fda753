"use client"; // Says that a filter was saved, and asks before it is removed.

import { useState } from "react";
import { confirmed } from "#app/_parts/confirmed.ts";
import { PostForm } from "#app/_parts/post-form.tsx";
import { useActionForm } from "#app/_parts/use-action-form.ts";
import { Button } from "#components/ui/button.tsx";
import { ConfirmDialog } from "#components/ui/confirm-dialog.tsx";
import { Field } from "#components/ui/field.tsx";
import { Input } from "#components/ui/input.tsx";
import { removeFilterAction, saveFilterAction } from "./actions.ts";

type Filter = { id: string; name: string; query: string };
type SavedFiltersProps = {
  filters: readonly Filter[];
  /** The query that the page shows, as it would be saved. */
  current: string;
};

/** Filters that the whole team shares, and a place to keep this one. */
export function SavedFilters({ filters, current }: SavedFiltersProps) {
  const shared = filters.find((one) => one.query === current);
  return (
    <>
      {filters.length > 0 ? (
        <ul aria-label="Shared by the team" className="flex flex-wrap gap-1.5">
          {filters.map((one) => (
            <li key={one.id}>
              <a
                href={`/staff/cases?${one.query}`}
                aria-current={one.query === current ? "true" : undefined}
                className="rounded-md border border-line px-2 py-0.5 hover:bg-sunk aria-[current]:bg-sunk"
              >
                {one.name}
              </a>
            </li>
          ))}
        </ul>
      ) : null}
      {shared ? <RemoveFilter filter={shared} /> : <SaveFilter query={current} />}
    </>
  );
}

function SaveFilter({ query }: { query: string }) {
  const [name, setName] = useState("");
  const save = useActionForm(saveFilterAction, { done: "Filter shared with the team", onDone: () => setName("") });
  return (
    <PostForm sends={save} className="flex items-end gap-2">
      <input type="hidden" name="query" value={query} />
      <Field name="name" label="Save this filter for the team" className="flex-1" {...save.field("name")}>
        {(control) => (
          <Input {...control} value={name} onChange={(event) => setName(event.target.value)} autoComplete="off" />
        )}
      </Field>
      <Button type="submit" pending={save.pending}>
        Save
      </Button>
    </PostForm>
  );
}

function RemoveFilter({ filter }: { filter: Filter }) {
  return (
    <ConfirmDialog
      trigger={
        <Button size="sm" className="w-fit">
          Remove “{filter.name}”
        </Button>
      }
      title={`Remove the filter “${filter.name}”?`}
      consequences="It is removed for the whole team. No case changes."
      confirmLabel="Remove filter"
      pendingText="Removing"
      tone="primary"
      onConfirm={confirmed(removeFilterAction)}
    >
      <input type="hidden" name="filterId" value={filter.id} />
    </ConfirmDialog>
  );
}
