"use client"; // Acts on one token.

import { Activity, Ellipsis, Pause, Pencil, Play, ShieldX, Trash2 } from "lucide-react";
import { useRef, useState } from "react";
import { Button } from "#components/ui/button.tsx";
import { DropdownMenu, MenuItem, MenuLink, MenuSeparator } from "#components/ui/dropdown-menu.tsx";
import { PauseDialog } from "./pause-dialog.tsx";
import { RenameDialog } from "./rename-dialog.tsx";
import { RevokeDialog } from "./revoke-dialog.tsx";
import type { ShownToken } from "./token-row.ts";

/** What can be done with a token, behind one button at the end of its row. */
export function TokenMenu({ row }: { row: ShownToken }) {
  const [act, setAct] = useState<"pause" | "rename" | "revoke" | null>(null);
  const trigger = useRef<HTMLButtonElement>(null);
  const isLive = row.mayWrite && (row.state === "active" || row.state === "paused");
  const close = (open: boolean) => {
    if (open) return;
    setAct(null);
    // The dialog was opened from a menu that is gone; focus goes back to the menu's button.
    requestAnimationFrame(() => trigger.current?.focus());
  };
  return (
    <>
      <DropdownMenu
        trigger={
          <Button
            ref={trigger}
            variant="ghost"
            size="icon"
            aria-label={`Acts for ${row.name}`}
            icon={<Ellipsis aria-hidden />}
          />
        }
      >
        {isLive ? (
          <>
            <MenuItem icon={row.state === "paused" ? <Play /> : <Pause />} onSelect={() => setAct("pause")}>
              {row.state === "paused" ? "Unpause" : "Pause"}
            </MenuItem>
            <MenuItem icon={<Pencil />} onSelect={() => setAct("rename")}>
              Rename
            </MenuItem>
          </>
        ) : null}
        <MenuLink icon={<Activity />} href={`/a/${row.account}/usage?range=24h&token=${row.id}`}>
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
      {act === "pause" ? <PauseDialog row={row} onOpenChange={close} /> : null}
      {act === "rename" ? <RenameDialog row={row} onOpenChange={close} /> : null}
      {act === "revoke" ? <RevokeDialog row={row} onOpenChange={close} /> : null}
    </>
  );
}
