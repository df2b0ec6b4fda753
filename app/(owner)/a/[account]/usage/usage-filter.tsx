import { Button } from "#components/ui/button.tsx";
import { ButtonLink } from "#components/ui/button-link.tsx";
import { Checkbox } from "#components/ui/checkbox.tsx";
import { Field } from "#components/ui/field.tsx";
import { Select, type SelectOption } from "#components/ui/select.tsx";
import { groupings } from "#core/rules/usage/usage-range.ts";
import * as words from "#words/words.ts";

type UsageFilterProps = {
  range: string;
  groupBy: string;
  tokenId: string;
  endpointId: string;
  tokens: readonly SelectOption[];
  endpoints: readonly SelectOption[];
  compare: boolean;
  /** The live range has no period before. */
  mayCompare: boolean;
  clearHref: string;
};

const groups = groupings.map((value) => ({ value, label: words.groupings[value].choice }));

/**
 * What the chart shows; lives in the address, so that it can be shared and works without a script. Nothing is completed: going back, a
 * browser would put the choice that was made last over that of the page.
 */
export function UsageFilter(props: UsageFilterProps) {
  const { range, groupBy, tokenId, endpointId, tokens, endpoints, compare, mayCompare, clearHref } = props;
  return (
    <form method="get" autoComplete="off" className="flex flex-wrap items-end gap-3">
      <input type="hidden" name="range" value={range} />
      <Field name="groupBy" label="Group by">
        {(control) => <Select {...control} key={groupBy} defaultValue={groupBy} options={groups} />}
      </Field>
      <Field name="tokenId" label="Token">
        {(control) => (
          <Select
            {...control}
            key={tokenId}
            defaultValue={tokenId}
            options={[{ value: "", label: "All" }, ...tokens]}
          />
        )}
      </Field>
      <Field name="endpointId" label="Endpoint">
        {(control) => (
          <Select
            {...control}
            key={endpointId}
            defaultValue={endpointId}
            options={[{ value: "", label: "All" }, ...endpoints]}
          />
        )}
      </Field>
      {mayCompare ? (
        <Checkbox
          key={String(compare)}
          name="compare"
          value="1"
          defaultChecked={compare}
          label="Compare with the previous period"
          className="h-8 items-center"
        />
      ) : null}
      <Button type="submit">Show</Button>
      {compare || groupBy !== "outcome" || tokenId !== "" || endpointId !== "" ? (
        <ButtonLink href={clearHref} variant="ghost">
          Clear
        </ButtonLink>
      ) : null}
    </form>
  );
}
