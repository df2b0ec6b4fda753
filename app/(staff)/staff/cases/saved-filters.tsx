"use client"; // Reads the address it saves.

import { usePathname, useSearchParams } from "next/navigation";
import { useState } from "react";
import { confirmed } from "#app/_parts/confirmed.ts";
import { PostForm } from "#app/_parts/post-form.tsx";
import { useActionForm } from "#app/_parts/use-action-form.ts";
import { Button } from "#components/ui/button.tsx";
import { ConfirmDialog } from "#components/ui/confirm-dialog.tsx";
import { Field } from "#components/ui/field.tsx";
import { Input } from "#components/ui/input.tsx";
import { Select } from "#components/ui/select.tsx";
import { removeFilterAction, saveFilterAction } from "./actions.ts";

type Filter = { id: string; name: string; query: string };
type SavedFiltersProps = {
  filters: readonly Filter[];
  detectors: readonly { id: string; title: string }[];
  detector: string;
};

/** Narrow the queue to one detector, and keep searches that the whole team shares. */
export function SavedFilters({ filters, detectors, detector }: SavedFiltersProps) {
  const params = useSearchParams();
  const pathname = usePathname();
  const current = params.toString();
  const shared = filters.find((one) => one.query === current);
  const go = (query: string) => window.location.assign(`/staff/cases${query === "" ? "" : `?${query}`}`);
  const withDetector = (id: string) => {
    const next = new URLSearchParams(current);
    if (id === "") next.delete("detector");
    else next.set("detector", id);
    return next.toString();
  };
  return (
    <details className="text-sm" open={detector !== "" || shared !== undefined}>
      <summary className="w-fit cursor-pointer text-ink-2">Filters{shared ? `: ${shared.name}` : ""}</summary>
      <div className="mt-2 flex flex-col gap-2" data-path={pathname}>
        <Field name="_detector" label="Detector">
          {(control) => (
            <Select
              {...control}
              value={detector}
              onChange={(event) => go(withDetector(event.target.value))}
              options={[
                { value: "", label: "Any" },
                ...detectors.map(({ id, title }) => ({ value: id, label: title })),
              ]}
            />
          )}
        </Field>
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
      </div>
    </details>
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
