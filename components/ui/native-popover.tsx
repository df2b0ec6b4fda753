"use client"; // Closes itself when another page opens.

import { usePathname } from "next/navigation";
import { type ReactNode, useEffect, useRef } from "react";
import { cn } from "./cn.ts";

type NativePopoverProps = { id: string; className?: string; children: ReactNode };

/**
 * The browser's own popover. A button with `popoverTarget={id}` opens it before any script has loaded; Escape and a
 * press outside close it. It stands in the top layer, so `className` must place it on the screen.
 */
export function NativePopover({ id, className, children }: NativePopoverProps) {
  const popover = useRef<HTMLDivElement>(null);
  const path = usePathname();
  // biome-ignore lint/correctness/useExhaustiveDependencies: arriving at another page closes it.
  useEffect(() => popover.current?.hidePopover(), [path]);
  return (
    <div ref={popover} id={id} popover="auto" className={cn("fixed inset-auto m-0 text-ink shadow-float", className)}>
      {children}
    </div>
  );
}
