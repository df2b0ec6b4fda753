"use client"; // Opens on press.

import { Popover as Radix } from "radix-ui";
import type { ReactNode } from "react";
import { cn } from "./cn.ts";
import { floatClass } from "./dropdown-menu.tsx";

type PopoverProps = {
  /** One button. */
  trigger: ReactNode;
  /** Names the popover for screen readers. */
  label: string;
  align?: "start" | "end";
  className?: string;
  children: ReactNode;
};

/** A small area of anything, by the button that opens it. For a plain list of acts use a menu. */
export function Popover({ trigger, label, align = "end", className, children }: PopoverProps) {
  return (
    <Radix.Root>
      <Radix.Trigger asChild>{trigger}</Radix.Trigger>
      <Radix.Portal>
        <Radix.Content
          aria-label={label}
          align={align}
          sideOffset={6}
          collisionPadding={8}
          className={cn(floatClass, "p-3 focus:outline-none", className)}
        >
          {children}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}

/** Closes the popover around it; wraps one element. */
export const PopoverClose = Radix.Close;
