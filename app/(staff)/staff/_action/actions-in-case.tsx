import type { ReactNode } from "react";
import { Panel } from "#components/ui/panel.tsx";
import type { StaffAction } from "#core/enforcement/list-actions.ts";
import type { Actor } from "#core/frame/context.ts";
import { ActionItems } from "./action-items.tsx";

type ActionsInCaseProps = {
  actions: readonly StaffAction[];
  actor: Extract<Actor, { kind: "staff" }> | null;
  title?: ReactNode;
};

/** Measures that are over and stand below those in force; earlier ones are folded, so that they do not push the evidence away. */
const overShown = 2;
const overStates: ReadonlySet<string> = new Set(["expired", "lifted", "superseded", "overturned", "cancelled"]);

/** The account's actions: what is in force or waits, with the gates' confirmation, and what is over. */
export function ActionsInCase({ actions, actor, title = "Actions" }: ActionsInCaseProps) {
  if (actions.length === 0) return null;
  const over = actions.filter((action) => overStates.has(action.state));
  const earlier = over.slice(overShown);
  const shown = actions.filter((action) => !earlier.includes(action));
  return (
    <Panel title={title} aside={actions.length > 1 ? `${actions.length}` : undefined}>
      <ActionItems actions={shown} actor={actor} />
      {earlier.length > 0 ? (
        <details className="mt-3 border-line border-t pt-3">
          <summary className="w-fit cursor-pointer text-sm text-ink-2">{earlier.length} earlier actions</summary>
          <div className="mt-3">
            <ActionItems actions={earlier} actor={actor} />
          </div>
        </details>
      ) : null}
    </Panel>
  );
}
