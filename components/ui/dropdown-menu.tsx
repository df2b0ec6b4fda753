"use client"; // Opens on press and moves with the arrow keys.

import { DropdownMenu as Radix } from "radix-ui";
import { type ReactNode, useEffect, useRef } from "react";
import { cn } from "./cn.ts";
import { Link } from "./link.tsx";

/** The look of anything that floats: menus, popovers, tooltips with room. */
export const floatClass =
  "z-50 min-w-44 rounded-md border border-line bg-panel p-1 text-ink shadow-float data-[state=open]:animate-rise";

const itemClass =
  "flex h-7 w-full cursor-default items-center gap-2 rounded-sm px-2 text-base outline-none select-none " +
  "data-disabled:text-ink-3 data-highlighted:bg-sunk [&_svg]:size-4 [&_svg]:text-ink-3";

type DropdownMenuProps = {
  /** One button. */
  trigger: ReactNode;
  align?: "start" | "end";
  className?: string;
  /** Open from the start, for a menu that is loaded when its button is pressed; by the keyboard with the first act in focus. */
  openedBy?: "pointer" | "keyboard";
  children: ReactNode;
};

/** A menu of acts behind a button. */
export function DropdownMenu({ trigger, align = "end", className, openedBy, children }: DropdownMenuProps) {
  const content = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (openedBy === "keyboard") content.current?.querySelector<HTMLElement>('[role="menuitem"]')?.focus();
  }, [openedBy]);
  return (
    <Radix.Root modal={false} defaultOpen={openedBy !== undefined}>
      <Radix.Trigger asChild>{trigger}</Radix.Trigger>
      <Radix.Portal>
        <Radix.Content
          ref={content}
          align={align}
          sideOffset={6}
          collisionPadding={8}
          className={cn(floatClass, className)}
        >
          {children}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}

type ItemProps = { icon?: ReactNode; danger?: boolean; disabled?: boolean; children: ReactNode };

/** One act of a menu. */
export function MenuItem({ icon, danger, onSelect, disabled, children }: ItemProps & { onSelect?: () => void }) {
  return (
    <Radix.Item
      disabled={disabled}
      onSelect={onSelect}
      className={cn(itemClass, danger && "text-danger data-highlighted:bg-danger-bg [&_svg]:text-danger")}
    >
      {icon}
      {children}
    </Radix.Item>
  );
}

/** One place to go from a menu. */
export function MenuLink({ icon, href, children }: ItemProps & { href: string }) {
  return (
    <Radix.Item asChild>
      <Link href={href} className={itemClass}>
        {icon}
        {children}
      </Link>
    </Radix.Item>
  );
}

export function MenuSeparator() {
  return <Radix.Separator className="-mx-1 my-1 h-px bg-line" />;
}
