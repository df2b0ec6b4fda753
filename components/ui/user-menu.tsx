"use client"; // Names its parts with an id of its own.

import { type ComponentProps, type ReactNode, useId } from "react";
import { initialsOf } from "./initials.ts";
import { Link } from "./link.tsx";
import { NativePopover } from "./native-popover.tsx";
import { ThemeToggle } from "./theme-toggle.tsx";

type UserMenuProps = {
  name: string;
  /** Under the name: address, role. */
  detail?: ReactNode;
  /** `UserMenuLink`s, and a form with a `UserMenuSubmit` for signing out. */
  children?: ReactNode;
};

const itemClass =
  "flex h-8 w-full items-center gap-2 rounded-sm px-2 text-ink hover:bg-sunk focus-visible:-outline-offset-2 " +
  "[&_svg]:size-4 [&_svg]:text-ink-3";

/** Who is signed in, the theme, and the way out. Stands at the right end of the top bar. */
export function UserMenu({ name, detail, children }: UserMenuProps) {
  const id = useId();
  return (
    <>
      <button
        type="button"
        popoverTarget={id}
        aria-label={`Signed in as ${name}`}
        className="inline-flex size-8 shrink-0 items-center justify-center rounded-full border border-line bg-sunk text-sm font-medium text-ink-2 transition-colors hover:text-ink"
      >
        {initialsOf(name)}
      </button>
      <NativePopover
        id={id}
        className="top-12 right-4 w-64 rounded-md border border-line bg-panel p-1 open:animate-rise lg:right-7"
      >
        <div className="px-2 pt-1.5 pb-2">
          <p className="truncate font-medium">{name}</p>
          {detail ? <p className="truncate text-sm text-ink-3">{detail}</p> : null}
        </div>
        <div className="px-2 pb-2">
          <ThemeToggle />
        </div>
        {children ? <div className="-mx-1 border-line border-t px-1 pt-1">{children}</div> : null}
      </NativePopover>
    </>
  );
}

/** A place to go. */
export function UserMenuLink({ icon, children, ...rest }: ComponentProps<typeof Link> & { icon?: ReactNode }) {
  return (
    <Link {...rest} className={itemClass}>
      {icon}
      {children}
    </Link>
  );
}

/** Sends the form around it, as signing out does. */
export function UserMenuSubmit({ icon, children }: { icon?: ReactNode; children: ReactNode }) {
  return (
    <button type="submit" className={itemClass}>
      {icon}
      {children}
    </button>
  );
}
