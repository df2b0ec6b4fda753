"use client"; // Opens a menu.

import { Check, ChevronsUpDown } from "lucide-react";
import { buttonClass } from "./button.tsx";
import { cn } from "./cn.ts";
import { DropdownMenu, MenuLink } from "./dropdown-menu.tsx";

type SwitcherProps = {
  label: string;
  current: string;
  items: readonly { href: string; label: string; current: boolean }[];
};

/** Which of several one is in. With only one it is plain text. */
export function Switcher({ label, current, items }: SwitcherProps) {
  if (items.length < 2) {
    return (
      <p className="flex h-9 items-center rounded-md border border-line bg-panel px-2.5 font-medium">
        <span className="truncate">{current}</span>
      </p>
    );
  }
  return (
    <DropdownMenu
      align="start"
      inline
      className="w-(--radix-dropdown-menu-trigger-width)"
      trigger={
        <button type="button" className={cn(buttonClass(), "h-9 w-full justify-between border-line px-2.5")}>
          <span className="sr-only">{label}: </span>
          <span className="truncate">{current}</span>
          <ChevronsUpDown aria-hidden className="text-ink-3" />
        </button>
      }
    >
      {items.map((item) => (
        <MenuLink key={item.href} href={item.href}>
          <span className="min-w-0 flex-1 truncate">{item.label}</span>
          {item.current ? <Check aria-label="current" /> : null}
        </MenuLink>
      ))}
    </DropdownMenu>
  );
}
