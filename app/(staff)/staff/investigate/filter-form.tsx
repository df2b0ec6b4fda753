import { Button } from "#components/ui/button.tsx";
import { ButtonLink } from "#components/ui/button-link.tsx";
import { Field } from "#components/ui/field.tsx";
import { Input } from "#components/ui/input.tsx";
import { Select } from "#components/ui/select.tsx";
import { trafficOrders } from "#core/investigate/read-traffic.ts";
import { decisionCodes, surfaces } from "#core/rules/vocabulary.ts";
import * as deskWords from "#words/desk.ts";
import * as words from "#words/words.ts";
import { queryOf, type View } from "./view-params.ts";

type Endpoint = { id: number; surface: (typeof surfaces)[number]; method: string; path: string };

const any = { value: "", label: "Any" };
const times = [
  { value: "1", label: "The last hour" },
  { value: "", label: "The last 24 hours" },
  { value: "168", label: "The last 7 days" },
  { value: "720", label: "The last 30 days" },
];

/** One form by GET, so that it works without script and a view is an address to keep and to share. */
export function FilterForm({ view, endpoints }: { view: View; endpoints: readonly Endpoint[] }) {
  const selects = [
    { name: "hours", label: "Time", options: withGiven(times, view.hours) },
    {
      name: "endpoint",
      label: "Endpoint",
      options: [any, ...endpoints.map((one) => ({ value: String(one.id), label: words.route(one) }))],
    },
    {
      name: "surface",
      label: "Surface",
      options: [any, ...surfaces.map((one) => ({ value: one, label: words.surfaces[one] }))],
    },
    {
      name: "code",
      label: "Decision",
      options: [
        any,
        { value: "refused", label: "Every refusal" },
        ...decisionCodes.map((one) => ({ value: one, label: words.decisions[one].title })),
      ],
    },
    {
      name: "order",
      label: "Order",
      options: trafficOrders.map((one) => ({
        value: one === "requests" ? "" : one,
        label: deskWords.trafficOrders[one],
      })),
    },
  ] as const;
  const { account, tokenId } = view;
  return (
    <form
      method="get"
      action="/staff/investigate"
      autoComplete="off"
      aria-label="Narrow the view"
      className="grid grid-cols-2 items-end gap-3 lg:grid-cols-5"
    >
      {account.length > 0 ? <input type="hidden" name="account" value={account.join(",")} /> : null}
      {tokenId ? <input type="hidden" name="tokenId" value={tokenId} /> : null}
      <Field name="find" label="Add an account" className="max-sm:col-span-2">
        {(control) => <Input {...control} placeholder="Name or e-mail" autoComplete="off" />}
      </Field>
      <Field name="network" label="Address or network">
        {(control) => (
          <Input {...control} key={view.network} defaultValue={view.network} placeholder="203.0.113.7" mono />
        )}
      </Field>
      <Field name="client" label="Client">
        {(control) => <Input {...control} key={view.client} defaultValue={view.client} placeholder="curl" mono />}
      </Field>
      <Field name="from" className="max-sm:col-span-2" label="From, UTC">
        {(control) => <Input {...control} key={view.from} type="datetime-local" defaultValue={view.from} />}
      </Field>
      <Field name="until" className="max-sm:col-span-2" label="Until, UTC">
        {(control) => <Input {...control} key={view.until} type="datetime-local" defaultValue={view.until} />}
      </Field>
      {selects.map(({ name, label, options }) => (
        <Field key={name} name={name} label={label}>
          {(control) => (
            <Select
              {...control}
              key={String(view[name])}
              defaultValue={String(view[name] ?? "")}
              options={[...options]}
            />
          )}
        </Field>
      ))}
      <span className="flex gap-2">
        <Button type="submit" variant="primary">
          Apply
        </Button>
        {queryOf(view) === "" ? null : (
          <ButtonLink href="/staff/investigate" variant="ghost">
            Clear
          </ButtonLink>
        )}
      </span>
    </form>
  );
}

/** A number of hours that a link asked for is a choice as well. */
function withGiven(options: typeof times, hours: number | undefined) {
  const value = hours === undefined || hours === 24 ? "" : String(hours);
  if (options.some((one) => one.value === value)) return options;
  return [...options, { value, label: `The last ${value} hours` }];
}
