import { Button } from "#components/ui/button.tsx";
import { Field } from "#components/ui/field.tsx";
import { Input } from "#components/ui/input.tsx";
import { Panel } from "#components/ui/panel.tsx";
import { Select } from "#components/ui/select.tsx";
import type { DetectorRow } from "#core/detection/list-detectors.ts";
import { detectorModes } from "#core/rules/vocabulary.ts";
import * as deskWords from "#words/desk.ts";
import type { Proposal } from "./proposal.ts";

const modes = detectorModes.map((value) => {
  const { label, meaning } = deskWords.detectorModes[value];
  return { value, label: meaning ? `${label}: ${meaning}` : label };
});

/** Each threshold with its unit, what it means and its bounds. It only asks what the setting would do: saving comes after that. */
export function ThresholdForm({ detector, proposal }: { detector: DetectorRow; proposal: Proposal }) {
  return (
    <Panel title="Thresholds">
      <form method="get" autoComplete="off" className="flex flex-col gap-4">
        <Field name="mode" label="State">
          {(control) => <Select {...control} defaultValue={proposal.mode} options={modes} />}
        </Field>
        <div className="grid gap-4 sm:grid-cols-2 lg:grid-cols-3">
          {detector.fields.map(({ key: name, label, meaning, unit, least, most, shipped, value }) => (
            <Field
              key={name}
              name={`t.${name}`}
              label={`${label} (${deskWords.thresholdUnits[unit]})`}
              help={`${meaning} From ${least} to ${most}. Now ${deskWords.thresholdValue(unit, value)}, shipped as ${deskWords.thresholdValue(unit, shipped)}.`}
            >
              {(control) => (
                <Input
                  {...control}
                  defaultValue={proposal.values[name] ?? String(value)}
                  type="number"
                  step="any"
                  min={least}
                  max={most}
                  required
                />
              )}
            </Field>
          ))}
        </div>
        <div>
          <Button type="submit">Show what it would have flagged</Button>
        </div>
      </form>
    </Panel>
  );
}
