"use client"; // Acts on the selected tokens.

import type { ActionResult } from "#app/_lib/action-result.ts";
import { call } from "#app/_parts/use-action-form.ts";
import { Button } from "#components/ui/button.tsx";
import { ConfirmDialog } from "#components/ui/confirm-dialog.tsx";
import { toast } from "#components/ui/toast.ts";
import * as format from "#words/format.ts";
import { pauseTokenAction, revokeTokenAction } from "./actions.ts";
import type { ShownToken } from "./token-row.ts";

type BulkActsProps = { selected: readonly ShownToken[]; clear: () => void };

/** Pause or revoke several tokens at once, said in numbers first. */
export function BulkActs({ selected, clear }: BulkActsProps) {
  const active = selected.filter((row) => row.state === "active");
  const living = selected.filter((row) => row.state !== "revoked");
  return (
    <>
      <ConfirmDialog
        trigger={
          <Button size="sm" disabled={active.length === 0}>
            Pause
          </Button>
        }
        title={`Pause ${countOf(active)}?`}
        consequences={`${requestsOf(active)} Calls with them are refused with token_paused until you unpause them. ${namesOf(active)}`}
        confirmLabel={`Pause ${countOf(active)}`}
        pendingText="Pausing"
        tone="primary"
        onConfirm={() => actOn(active, pauseTokenAction, "paused", clear)}
      />
      <ConfirmDialog
        trigger={
          <Button size="sm" variant="danger" disabled={living.length === 0}>
            Revoke
          </Button>
        }
        title={`Revoke ${countOf(living)}?`}
        consequences={`${requestsOf(living)} Every call with them is refused from the next request. This cannot be undone. ${namesOf(living)}`}
        confirmLabel={`Revoke ${countOf(living)}`}
        pendingText="Revoking"
        typeName={`revoke ${living.length}`}
        onConfirm={() => actOn(living, revokeTokenAction, "revoked", clear)}
      />
      <Button size="sm" variant="ghost" onClick={clear}>
        Clear
      </Button>
    </>
  );
}

type TokenAction = (form: FormData) => Promise<ActionResult<null>>;

/** One after the other, each by itself: one that fails leaves the others done, and is named. */
async function actOn(rows: readonly ShownToken[], action: TokenAction, done: string, clear: () => void) {
  const failed: string[] = [];
  for (const row of rows) {
    const form = new FormData();
    form.set("account", row.account);
    form.set("tokenId", row.id);
    const result = await call(action, form);
    if (result.status === "error") failed.push(`“${row.name}”: ${result.message}`);
  }
  if (failed.length > 0) {
    return { error: `${rows.length - failed.length} of ${rows.length} ${done}. ${failed.join(" ")}` };
  }
  toast.success(`${countOf(rows)} ${done}`);
  clear();
  return undefined;
}

function countOf(rows: readonly ShownToken[]): string {
  return rows.length === 1 ? "1 token" : `${rows.length} tokens`;
}

function requestsOf(rows: readonly ShownToken[]): string {
  const total = rows.reduce((sum, row) => sum + row.today.requests, 0);
  return `Together they made ${format.count(total)} requests today.`;
}

function namesOf(rows: readonly ShownToken[]): string {
  const names = rows.slice(0, 5).map((row) => `“${row.name}”`);
  return `${names.join(", ")}${rows.length > 5 ? ` and ${rows.length - 5} more` : ""}.`;
}
