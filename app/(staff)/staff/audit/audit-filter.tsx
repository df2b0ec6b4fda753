import { z } from "zod";
import { chosenParams, paramDay, paramText } from "#app/_lib/param.ts";
import { Button } from "#components/ui/button.tsx";
import { ButtonLink } from "#components/ui/button-link.tsx";
import { Checkbox } from "#components/ui/checkbox.tsx";
import { Field } from "#components/ui/field.tsx";
import { Input } from "#components/ui/input.tsx";
import { Select } from "#components/ui/select.tsx";

const text = (max: number) => paramText(max).catch("").default("");

/** The filter as the address holds it: texts as they were typed, and empty where nothing was. */
export const auditFilter = z.object({
  account: text(100),
  action: text(60),
  actor: text(100),
  search: text(100),
  from: paramDay,
  until: paramDay,
  subjectKind: text(40),
  subjectId: text(320),
  /** "on" = also what the worker records of each round. */
  routine: z.literal("on").or(z.literal("")).catch("").default(""),
});
export type AuditFilter = z.infer<typeof auditFilter>;

/** What actions begin with, as people call it. */
const groups = [
  { value: "", label: "All" },
  { value: "action.", label: "Actions" },
  { value: "appeal.", label: "Appeals" },
  { value: "case.", label: "Cases" },
  { value: "flag.", label: "Flags" },
  { value: "report.", label: "Reports" },
  { value: "detector.", label: "Detectors" },
  { value: "account.", label: "Accounts" },
  { value: "member.", label: "Members" },
  { value: "token.", label: "Tokens" },
  { value: "endpoint.", label: "Endpoints" },
  { value: "plan.", label: "Plans" },
  { value: "override.", label: "Overrides" },
  { value: "staff.", label: "Staff" },
  { value: "staff_key.", label: "Staff keys" },
  { value: "identity_provider.", label: "Single sign-on" },
  { value: "session.", label: "Sessions" },
  { value: "personal.", label: "Masked data shown" },
];

/** The input of the list; the worker's routine only where it is asked for. */
export function inputOf({ routine, ...filter }: AuditFilter) {
  return { ...Object.fromEntries(chosenParams(filter)), withoutRoutine: routine === "" };
}

/** Whether anything is chosen. */
export function isNarrowed(filter: AuditFilter): boolean {
  return chosenParams(filter).size > 0;
}

/** One form by GET, so that a filter is an address to keep and to send. */
export function AuditFilterForm({ filter }: { filter: AuditFilter }) {
  const fields = { account: "Account", actor: "Who", search: "Facts" } as const;
  const { subjectKind, subjectId } = filter;
  return (
    <form method="get" autoComplete="off" className="flex flex-wrap items-end gap-3">
      {(Object.keys(fields) as (keyof typeof fields)[]).map((name) => (
        <Field key={name} name={name} label={fields[name]} className="w-40">
          {(control) => <Input {...control} key={filter[name]} defaultValue={filter[name]} autoComplete="off" />}
        </Field>
      ))}
      <Field name="action" label="What">
        {(control) => (
          <Select {...control} key={filter.action} defaultValue={filter.action} options={withGiven(filter.action)} />
        )}
      </Field>
      <Field name="from" label="From, UTC">
        {(control) => <Input {...control} key={filter.from} type="date" defaultValue={filter.from} />}
      </Field>
      <Field name="until" label="To, UTC">
        {(control) => <Input {...control} key={filter.until} type="date" defaultValue={filter.until} />}
      </Field>
      {subjectId ? (
        <>
          <input type="hidden" name="subjectKind" value={subjectKind} />
          <input type="hidden" name="subjectId" value={subjectId} />
        </>
      ) : null}
      <Checkbox
        key={filter.routine}
        name="routine"
        label="Also the worker’s rounds"
        defaultChecked={filter.routine === "on"}
        className="py-1.5"
      />
      <Button type="submit">Filter</Button>
      {isNarrowed(filter) ? (
        <ButtonLink href="/staff/audit" variant="ghost">
          Clear
        </ButtonLink>
      ) : null}
    </form>
  );
}

/** An act that a link asked for by its whole name is a choice as well. */
function withGiven(action: string) {
  const isKnown = groups.some((group) => group.value === action);
  return isKnown ? groups : [...groups, { value: action, label: action }];
}
