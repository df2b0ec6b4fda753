"use client"; // Acts on one token.

import { Activity, Pause, Pencil, Play, RefreshCw, Scale, ShieldX, SlidersHorizontal, Trash2 } from "lucide-react";
import { type ReactNode, type RefObject, useRef, useState, useTransition } from "react";
import { call } from "#app/_parts/use-action-form.ts";
import { DropdownMenu, MenuItem, MenuLink, MenuSeparator } from "#components/ui/dropdown-menu.tsx";
import { toast } from "#components/ui/toast.ts";
import { pauseTokenAction, unpauseTokenAction } from "./actions.ts";
import { RenameDialog } from "./rename-dialog.tsx";
import { RevokeDialog } from "./revoke-dialog.tsx";
import type { ActedToken } from "./token-row.ts";

type TokenMenuPanelProps = {
  row: ActedToken;
  openedBy: "pointer" | "keyboard";
  /** The menu's button, with a spinner while `pending`. */
  button: (pending: boolean, ref: RefObject<HTMLButtonElement | null>) => ReactNode;
};

/** The menu of a token's row, and the dialogs it opens. */
export default function TokenMenuPanel({ row, openedBy, button }: TokenMenuPanelProps) {
  const [act, setAct] = useState<"rename" | "revoke" | null>(null);
  const trigger = useRef<HTMLButtonElement>(null);
  const [pending, startTransition] = useTransition();
  const isPaused = row.state === "paused";
  const isLive = row.mayWrite && (row.state === "active" || row.state === "paused");
  // At once and without asking: it can be undone in the same place, and in an emergency every click counts.
  const togglePause = () =>
    startTransition(async () => {
      const result = await call(isPaused ? unpauseTokenAction : pauseTokenAction, tokenForm(row));
      if (result.status === "error") toast.error(result.message);
      else if (isPaused) toast.success(`“${row.name}” works again`);
      else toast.success(`“${row.name}” is paused: its next call is refused`);
    });
  const close = (open: boolean) => {
    if (open) return;
    setAct(null);
    // The dialog was opened from a menu that is gone; focus goes back to the menu's button.
    requestAnimationFrame(() => trigger.current?.focus());
  };
  return (
    <>
      <DropdownMenu trigger={button(pending, trigger)} openedBy={openedBy}>
        {isLive ? (
          <>
            {row.isPausedByProvider ? (
              <MenuLink icon={<Scale />} href={`/a/${row.account}/standing`}>
                Why it is paused
              </MenuLink>
            ) : (
              <MenuItem icon={isPaused ? <Play /> : <Pause />} onSelect={togglePause}>
                {isPaused ? "Unpause" : "Pause"}
              </MenuItem>
            )}
            <MenuItem icon={<Pencil />} onSelect={() => setAct("rename")}>
              Rename
            </MenuItem>
            <MenuLink icon={<SlidersHorizontal />} href={`/a/${row.account}/tokens/${row.id}?edit=1`}>
              Edit
            </MenuLink>
            <MenuLink icon={<RefreshCw />} href={`/a/${row.account}/tokens/${row.id}?rotate=1`}>
              Rotate
            </MenuLink>
          </>
        ) : null}
        <MenuLink icon={<Activity />} href={`/a/${row.account}/usage?range=24h&tokenId=${row.id}`}>
          Usage
        </MenuLink>
        <MenuLink icon={<ShieldX />} href={`/a/${row.account}/refusals?token=${row.id}`}>
          Refusals
        </MenuLink>
        {row.mayWrite && row.state !== "revoked" ? (
          <>
            <MenuSeparator />
            <MenuItem icon={<Trash2 />} danger onSelect={() => setAct("revoke")}>
              Revoke
            </MenuItem>
          </>
        ) : null}
      </DropdownMenu>
      {act === "rename" ? <RenameDialog row={row} onOpenChange={close} /> : null}
      {act === "revoke" ? <RevokeDialog row={row} onOpenChange={close} /> : null}
    </>
  );
}

/** What every change of a token sends: whose it is, which, and the version that was read. */
function tokenForm(row: ActedToken): FormData {
  const form = new FormData();
  form.set("account", row.account);
  form.set("tokenId", row.id);
  form.set("version", String(row.version));
  return form;
}
