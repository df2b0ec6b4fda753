import { Button } from "#components/ui/button.tsx";
import { ButtonLink } from "#components/ui/button-link.tsx";
import { Field } from "#components/ui/field.tsx";
import { Select } from "#components/ui/select.tsx";
import { detectorIds } from "#core/rules/detectors/detector.ts";
import { reasonCodes, standings } from "#core/rules/vocabulary.ts";
import * as deskWords from "#words/desk.ts";
import * as words from "#words/words.ts";
import { isNarrowed, type QueueFilter } from "./queue-filter.ts";

export type FilterFormProps = {
  filter: QueueFilter;
  plans: readonly { id: number; name: string }[];
  colleagues: readonly { userId: string; name: string }[];
};

type Choice = { name: keyof QueueFilter; label: string; options: { value: string; label: string }[] };

function choicesOf(plans: FilterFormProps["plans"], colleagues: FilterFormProps["colleagues"]): Choice[] {
  const any = { value: "", label: "Any" };
  return [
    {
      name: "reason",
      label: "Reason",
      options: [any, ...reasonCodes.map((one) => ({ value: one, label: words.reasons[one].title }))],
    },
    {
      name: "detector",
      label: "Detector",
      options: [any, ...detectorIds.map((id) => ({ value: id, label: deskWords.detectors[id].title }))],
    },
    {
      name: "severity",
      label: "Severity",
      options: [any, { value: "2", label: "2 and up" }, { value: "3", label: "3 only" }],
    },
    {
      name: "plan",
      label: "Plan",
      options: [any, ...plans.map((one) => ({ value: String(one.id), label: one.name }))],
    },
    {
      name: "standing",
      label: "Standing",
      options: [any, ...standings.map((one) => ({ value: one, label: words.standings[one] }))],
    },
    {
      name: "assignee",
      label: "Assigned to",
      options: [any, ...colleagues.map((one) => ({ value: one.userId, label: one.name }))],
    },
    {
      name: "age",
      label: "Open for",
      options: [
        { value: "", label: "Any time" },
        { value: "24", label: "A day or more" },
        { value: "168", label: "A week or more" },
      ],
    },
    {
      name: "order",
      label: "Order",
      options: [
        { value: "priority", label: "Most urgent first" },
        { value: "oldest", label: "Oldest first" },
        { value: "newest", label: "Newest first" },
      ],
    },
  ];
}

/** What is chosen, in words: "Probing, 2 and up, Oldest first"; empty where nothing is. */
export function chosenWords({ filter, plans, colleagues }: FilterFormProps): string {
  return choicesOf(plans, colleagues)
    .flatMap(
      ({ name, options }) => options.slice(1).find((one) => one.value === String(filter[name] ?? ""))?.label ?? [],
    )
    .join(", ");
}

/** One form by GET, so that it works without script and a filter is an address to keep and to share. */
export function FilterForm({ filter, plans, colleagues }: FilterFormProps) {
  return (
    <form method="get" action="/staff/cases" className="grid grid-cols-2 gap-2">
      <input type="hidden" name="view" value={filter.view} />
      {filter.q ? <input type="hidden" name="q" value={filter.q} /> : null}
      {choicesOf(plans, colleagues).map(({ name, label, options }) => (
        <Field key={name} name={name} label={label}>
          {(control) => (
            <Select
              {...control}
              key={String(filter[name])}
              defaultValue={String(filter[name] ?? "")}
              options={options}
            />
          )}
        </Field>
      ))}
      <span className="col-span-2 flex gap-2">
        <Button type="submit" size="sm">
          Apply
        </Button>
        {isNarrowed(filter) ? (
          <ButtonLink size="sm" variant="ghost" href={`/staff/cases?view=${filter.view}`}>
            Clear
          </ButtonLink>
        ) : null}
      </span>
    </form>
  );
}
