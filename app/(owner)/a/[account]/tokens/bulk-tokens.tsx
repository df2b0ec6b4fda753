"use client"; // Acts on what is selected, one after the other.

import { useTransition } from "react";
import type { ActionResult } from "#app/_lib/action.ts";
import { call } from "#app/_parts/use-action-form.ts";
import { Button } from "#components/ui/button.tsx";
import { ConfirmDialog } from "#components/ui/confirm-dialog.tsx";
import { formatCount } from "#components/ui/format.ts";
import { toast } from "#components/ui/toast.ts";
import type { TokenRow } from "#core/tokens/list-tokens.ts";
import { pauseTokenAction, revokeTokenAction } from "./actions.ts";

type BulkTokensProps = { account: string; selected: TokenRow[]; clear: () => void };

/** Pauses or revokes several tokens. One that fails does not stop the others, and is named. */
export function BulkTokens({ account, selected, clear }: BulkTokensProps) {
  const [pending, startTransition] = useTransition();
  const live = selected.filter((token) => token.state !== "revoked");
  const requests = live.reduce((sum, token) => sum + token.today.requests, 0);
  const each = async (action: (form: FormData) => Promise<ActionResult>, done: string) => {
    const failed: string[] = [];
    for (const token of live) {
      const form = new FormData();
      form.set("account", account);
      form.set("tokenId", token.id);
      if ((await call(action, form)).status === "error") failed.push(token.name);
    }
    if (failed.length > 0) toast.error(`Not changed: ${failed.join(", ")}`);
    else toast.success(`${live.length} ${live.length === 1 ? "token" : "tokens"} ${done}`);
    clear();
  };
  return (
    <span className="flex gap-2">
      <Button size="sm" pending={pending} onClick={() => startTransition(() => each(pauseTokenAction, "paused"))}>
        Pause
      </Button>
      <ConfirmDialog
        trigger={<Button size="sm">Revoke</Button>}
        title={`Revoke ${live.length} ${live.length === 1 ? "token" : "tokens"}?`}
        consequences={`They made ${formatCount(requests)} requests today. Every further call is refused with token_revoked. This cannot be undone.`}
        confirmLabel="Revoke for good"
        pendingText="Revoking"
        typeName="revoke"
        onConfirm={async () => {
          await each(revokeTokenAction, "revoked");
          return undefined;
        }}
      />
      <Button size="sm" variant="ghost" onClick={clear}>
        Clear
      </Button>
    </span>
  );
}
