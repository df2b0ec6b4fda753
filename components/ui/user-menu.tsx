"use client"; // Opens a menu.

import type { ReactNode } from "react";
import { DropdownMenu, MenuSeparator } from "./dropdown-menu.tsx";
import { ThemeToggle } from "./theme-toggle.tsx";

type UserMenuProps = {
  name: string;
  /** Under the name: address, role. */
  detail?: ReactNode;
  /** Menu items, and a form with a `MenuSubmit` for signing out. */
  children?: ReactNode;
};

function initialsOf(name: string): string {
  const words = name.split(/[\s.@_-]+/).filter(Boolean);
  return words
    .slice(0, 2)
    .map((word) => word.charAt(0).toUpperCase())
    .join("");
}

/** Who is signed in, the theme, and the way out. */
export function UserMenu({ name, detail, children }: UserMenuProps) {
  return (
    <DropdownMenu
      className="w-60"
      trigger={
        <button
          type="button"
          aria-label={`Account of ${name}`}
          className="inline-flex size-8 shrink-0 items-center justify-center rounded-full border border-line bg-sunk text-sm font-medium text-ink-2 transition-colors hover:text-ink"
        >
          {initialsOf(name)}
        </button>
      }
    >
      <div className="px-2 py-1.5">
        <p className="truncate font-medium">{name}</p>
        {detail ? <p className="truncate text-sm text-ink-3">{detail}</p> : null}
      </div>
      <div className="px-2 pt-1 pb-2">
        <ThemeToggle />
      </div>
      {children ? <MenuSeparator /> : null}
      {children}
    </DropdownMenu>
  );
}
