"use client"; // The menu is loaded when its button is first used.

import { Ellipsis } from "lucide-react";
import { type ComponentProps, lazy, Suspense, useState } from "react";
import { Button } from "#components/ui/button.tsx";
import type { ActedToken } from "./token-row.ts";

const load = () => import("./token-menu-panel.tsx");
const TokenMenuPanel = lazy(load);

/** What can be done with a token, behind one button at the end of its row. */
export function TokenMenu({ row }: { row: ActedToken }) {
  const [openedBy, setOpenedBy] = useState<"pointer" | "keyboard" | null>(null);
  const button = (props: Omit<ComponentProps<typeof Button>, "variant" | "size" | "icon"> = {}) => (
    <Button
      {...props}
      variant="ghost"
      size="icon"
      aria-label={`Change ${row.name}`}
      aria-haspopup="menu"
      icon={<Ellipsis aria-hidden />}
    />
  );
  if (openedBy === null) {
    const preload = () => void load();
    return button({
      "aria-expanded": false,
      onPointerEnter: preload,
      onFocus: preload,
      // A press by the keyboard is a click without a position.
      onClick: (event) => setOpenedBy(event.detail === 0 ? "keyboard" : "pointer"),
    });
  }
  return (
    <Suspense fallback={button({ pending: true })}>
      <TokenMenuPanel row={row} openedBy={openedBy} button={(pending, ref) => button({ pending, ref })} />
    </Suspense>
  );
}
