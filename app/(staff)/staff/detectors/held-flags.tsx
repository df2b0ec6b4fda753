"use client"; // Decides about many flags at once.

import { PostForm } from "#app/_parts/post-form.tsx";
import { useActionForm } from "#app/_parts/use-action-form.ts";
import { Button } from "#components/ui/button.tsx";
import { FieldError } from "#components/ui/field.tsx";
import { Panel } from "#components/ui/panel.tsx";
import { RelativeTime } from "#components/ui/relative-time.tsx";
import type { listHeldFlags } from "#core/detection/held-flags.ts";
import { decideHeldFlagsAction } from "./actions.ts";

type Held = Awaited<ReturnType<typeof listHeldFlags>>;

/** Flags that are kept out of the queue: many came together or right after a change of ours, or there were more than the desk wants. */
export function HeldFlags({ flags }: { flags: Held }) {
  const detectors = [...new Set(flags.map((one) => one.detector))];
  return (
    <Panel title="Held flags: is it our fault?" aside={`${flags.length} held flags`}>
      {detectors.map((detector) => (
        <HeldGroup key={detector} detector={detector} flags={flags.filter((one) => one.detector === detector)} />
      ))}
    </Panel>
  );
}

function HeldGroup({ detector, flags }: { detector: string; flags: Held }) {
  const decide = useActionForm(decideHeldFlagsAction, { done: "Decided" });
  const [first] = flags;
  return (
    <PostForm sends={decide} className="flex flex-col gap-2 border-line py-3 not-first:border-t first:pt-0">
      <input type="hidden" name="detector" value={detector} />
      <p>
        <b className="font-semibold">{first?.title}</b>: {[...new Set(flags.map((one) => one.heldReason))].join(" ")}
      </p>
      <ul className="text-sm text-ink-2">
        {flags.slice(0, 8).map((flag) => (
          <li key={flag.id}>
            {flag.accountName}: {flag.summary}, <RelativeTime at={new Date(flag.raisedAt).toISOString()} />
          </li>
        ))}
        {flags.length > 8 ? <li>and {flags.length - 8} more</li> : null}
      </ul>
      <div className="flex flex-wrap gap-2">
        <Button type="submit" name="isOurs" value="true" size="sm" pending={decide.pending}>
          Ours: drop them
        </Button>
        <Button type="submit" name="isOurs" value="false" size="sm" pending={decide.pending}>
          Not ours: add to cases
        </Button>
      </div>
      <div role="alert">
        {decide.message ? <FieldError id={`held-${detector}`}>{decide.message}</FieldError> : null}
      </div>
    </PostForm>
  );
}
