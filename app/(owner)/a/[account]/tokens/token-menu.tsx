"use client"; // Opens a menu and dialogs.

import { Ellipsis, Pause, Pencil, Play, Trash2 } from "lucide-react";
import { useState, useTransition } from "react";
import { call } from "#app/_parts/use-action-form.ts";
import { Button } from "#components/ui/button.tsx";
import { ConfirmDialog } from "#components/ui/confirm-dialog.tsx";
import { DropdownMenu, MenuItem, MenuSeparator } from "#components/ui/dropdown-menu.tsx";
import { Field } from "#components/ui/field.tsx";
import { formatCount, formatDuration } from "#components/ui/format.ts";
import { Input } from "#components/ui/input.tsx";
import { toast } from "#components/ui/toast.ts";
import type { TokenRow } from "#core/tokens/list-tokens.ts";
import { pauseTokenAction, renameTokenAction, revokeTokenAction, unpauseTokenAction } from "./actions.ts";

/** What can be done with one token. Each act names the version it saw, so that two people do not undo each other unseen. */
export function TokenMenu({ account, token }: { account: string; token: TokenRow }) {
  const [open, setOpen] = useState<"rename" | "revoke" | null>(null);
  const [pending, startTransition] = useTransition();
  const isPaused = token.state === "paused";
  const form = () => {
    const made = new FormData();
    made.set("account", account);
    made.set("tokenId", token.id);
    made.set("version", String(token.version));
    return made;
  };
  const togglePause = () =>
    startTransition(async () => {
      const result = await call(isPaused ? unpauseTokenAction : pauseTokenAction, form());
      if (result.status === "error") toast.error(result.message);
      else
        toast.success(isPaused ? `“${token.name}” works again` : `“${token.name}” is paused: its next call is refused`);
    });
  const hidden = [...form()].map(([name, value]) => (
    <input key={name} type="hidden" name={name} value={String(value)} />
  ));
  const close = (isOpen: boolean) => {
    if (!isOpen) setOpen(null);
  };
  return (
    <>
      <DropdownMenu
        trigger={
          <Button variant="ghost" size="icon" pending={pending} aria-label={`Change ${token.name}`}>
            <Ellipsis aria-hidden />
          </Button>
        }
      >
        <MenuItem icon={isPaused ? <Play /> : <Pause />} onSelect={togglePause}>
          {isPaused ? "Unpause" : "Pause"}
        </MenuItem>
        <MenuItem icon={<Pencil />} onSelect={() => setOpen("rename")}>
          Rename
        </MenuItem>
        <MenuSeparator />
        <MenuItem icon={<Trash2 />} danger onSelect={() => setOpen("revoke")}>
          Revoke
        </MenuItem>
      </DropdownMenu>
      <ConfirmDialog
        open={open === "rename"}
        onOpenChange={close}
        title={`Rename “${token.name}”`}
        consequences="The secret stays the same; only the name here changes."
        confirmLabel="Rename"
        pendingText="Renaming"
        tone="primary"
        onConfirm={async (sent) => {
          const result = await call(renameTokenAction, sent);
          return result.status === "error" ? { error: result.message } : undefined;
        }}
      >
        {hidden}
        <Field name="name" label="Name">
          {(control) => <Input {...control} defaultValue={token.name} maxLength={50} autoComplete="off" />}
        </Field>
      </ConfirmDialog>
      <ConfirmDialog
        open={open === "revoke"}
        onOpenChange={close}
        title={`Revoke “${token.name}”?`}
        consequences={`${lastUseWords(token)} Every further call is refused with token_revoked. This cannot be undone; pausing can.`}
        confirmLabel="Revoke for good"
        pendingText="Revoking"
        typeName={token.name}
        onConfirm={async (sent) => {
          const result = await call(revokeTokenAction, sent);
          return result.status === "error" ? { error: result.message } : undefined;
        }}
      >
        {hidden}
        <Field name="reason" label="Reason, for the record" optional>
          {(control) => <Input {...control} maxLength={200} autoComplete="off" />}
        </Field>
      </ConfirmDialog>
    </>
  );
}

function lastUseWords({ today, lastUsedAt }: TokenRow): string {
  if (!lastUsedAt) return "It was never used.";
  const ago = formatDuration(Math.max(0, Math.round((Date.now() - lastUsedAt.getTime()) / 1000)));
  return `It was last used ${ago} ago and made ${formatCount(today.requests)} requests today.`;
}
