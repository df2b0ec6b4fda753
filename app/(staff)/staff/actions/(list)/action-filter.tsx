import { z } from "zod";
import { chosenParams, paramDay, paramText } from "#app/_lib/param.ts";
import { Button } from "#components/ui/button.tsx";
import { ButtonLink } from "#components/ui/button-link.tsx";
import { Field } from "#components/ui/field.tsx";
import { Input } from "#components/ui/input.tsx";
import { Select } from "#components/ui/select.tsx";
import { type ActionState, type ActionType, actionTypes, reasonCodes } from "#core/rules/vocabulary.ts";
import * as words from "#words/words.ts";

const measures = actionTypes.filter((type) => type !== "notice");

type View = { label: string; states: readonly ActionState[]; types: readonly ActionType[]; empty: string };

/** Which actions a tab shows. A notice does nothing at a gate, so notices stand apart. */
export const actionViews = {
  force: {
    label: "In force",
    states: ["applying", "active"],
    types: measures,
    empty: "No actions in force. Every account is in good standing.",
  },
  scheduled: { label: "Scheduled", states: ["scheduled"], types: actionTypes, empty: "Nothing is scheduled." },
  approval: {
    label: "Waiting for approval",
    states: ["pending_approval"],
    types: actionTypes,
    empty: "Nothing is waiting for a second person.",
  },
  over: {
    label: "Past",
    states: ["expired", "lifted", "superseded", "overturned", "cancelled"],
    types: measures,
    empty: "No past actions yet.",
  },
  notices: {
    label: "Notices",
    states: ["applying", "active", "expired", "lifted", "superseded", "overturned", "cancelled"],
    types: ["notice"],
    empty: "No notices yet.",
  },
} as const satisfies Record<string, View>;
export type ActionView = keyof typeof actionViews;

const text = paramText(100).catch("").default("");

/** The filter as the address holds it; what no list knows counts as nothing chosen. */
export const actionFilter = z.object({
  view: z.enum(["force", "scheduled", "approval", "over", "notices"]).catch("force"),
  account: text,
  author: text,
  type: z.enum(actionTypes).optional().catch(undefined),
  reason: z.enum(reasonCodes).optional().catch(undefined),
  state: z.enum(actionViews.over.states).optional().catch(undefined),
  ends: z.enum(["24", "168"]).optional().catch(undefined),
  endedFrom: paramDay,
  endedUntil: paramDay,
});
export type ActionFilter = z.infer<typeof actionFilter>;

/** The input of the list. */
export function inputOf({ view, account, author, type, reason, state, ends, endedFrom, endedUntil }: ActionFilter) {
  const { states, types } = actionViews[view];
  return {
    states: view === "over" && state ? [state] : [...states],
    types: type && (types as readonly ActionType[]).includes(type) ? [type] : [...types],
    ...(account ? { account } : {}),
    ...(author ? { author } : {}),
    ...(reason ? { reasonCode: reason } : {}),
    ...(ends ? { endsWithinHours: ends } : {}),
    ...(view === "over" && endedFrom ? { endedFrom } : {}),
    ...(view === "over" && endedUntil ? { endedUntil } : {}),
  };
}

/** Its address, with only what was chosen. */
export function addressOf(filter: ActionFilter): string {
  return `/staff/actions?${chosenParams(filter)}`;
}

export function isNarrowed({ view: _, ...rest }: ActionFilter): boolean {
  return chosenParams(rest).size > 0;
}

const all = { value: "", label: "All" };

/** One form by GET, so that a filter is an address to keep and to send. */
export function ActionFilterForm({ filter }: { filter: ActionFilter }) {
  const { view, account, author, type, reason, state, ends, endedFrom, endedUntil } = filter;
  const { types } = actionViews[view];
  return (
    <form method="get" autoComplete="off" className="flex flex-wrap items-end gap-3 border-line border-b p-3">
      <input type="hidden" name="view" value={view} />
      <Field name="account" label="Account" className="w-40">
        {(control) => <Input {...control} key={account} defaultValue={account} autoComplete="off" />}
      </Field>
      {types.length > 1 ? (
        <Field name="type" label="Type">
          {(control) => (
            <Select
              {...control}
              key={type}
              defaultValue={type ?? ""}
              options={[all, ...types.map((one) => ({ value: one, label: words.actionTypes[one].label }))]}
            />
          )}
        </Field>
      ) : null}
      <Field name="reason" label="Reason" className="w-52">
        {(control) => (
          <Select
            {...control}
            key={reason}
            defaultValue={reason ?? ""}
            options={[all, ...reasonCodes.map((one) => ({ value: one, label: words.reasons[one].title }))]}
          />
        )}
      </Field>
      <Field name="author" label="By" className="w-36">
        {(control) => <Input {...control} key={author} defaultValue={author} autoComplete="off" />}
      </Field>
      {view === "over" ? (
        <Field name="state" label="Outcome">
          {(control) => (
            <Select
              {...control}
              key={state}
              defaultValue={state ?? ""}
              options={[
                all,
                ...actionViews.over.states.map((one) => ({ value: one, label: words.actionStates[one].label })),
              ]}
            />
          )}
        </Field>
      ) : null}
      {view === "over" ? (
        <>
          <Field name="endedFrom" label="Over from, UTC">
            {(control) => <Input {...control} key={endedFrom} type="date" defaultValue={endedFrom} />}
          </Field>
          <Field name="endedUntil" label="to, UTC">
            {(control) => <Input {...control} key={endedUntil} type="date" defaultValue={endedUntil} />}
          </Field>
        </>
      ) : null}
      {view === "force" || view === "scheduled" ? (
        <Field name="ends" label="Ends">
          {(control) => (
            <Select
              {...control}
              key={ends}
              defaultValue={ends ?? ""}
              options={[
                { value: "", label: "At any time" },
                { value: "24", label: "Within a day" },
                { value: "168", label: "Within a week" },
              ]}
            />
          )}
        </Field>
      ) : null}
      <Button type="submit">Filter</Button>
      {isNarrowed(filter) ? (
        <ButtonLink href={`/staff/actions?view=${view}`} variant="ghost">
          Clear
        </ButtonLink>
      ) : null}
    </form>
  );
}
