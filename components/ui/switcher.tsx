"use client"; // Names its parts with an id of its own.

import { Check, ChevronsUpDown } from "lucide-react";
import { useId } from "react";
import { buttonClass } from "./button.tsx";
import { cn } from "./cn.ts";
import { Link } from "./link.tsx";
import { NativePopover } from "./native-popover.tsx";

type SwitcherProps = {
  label: string;
  current: string;
  items: readonly { href: string; label: string; current: boolean }[];
};

/** Which of several one is in; stands under the product mark. With only one it is plain text. */
export function Switcher({ label, current, items }: SwitcherProps) {
  const id = useId();
  if (items.length < 2) {
    return (
      <p className="flex h-9 items-center rounded-md border border-line bg-panel px-2.5 font-medium">
        <span className="truncate">{current}</span>
      </p>
    );
  }
  return (
    <div>
      <button
        type="button"
        popoverTarget={id}
        className={cn(buttonClass(), "h-9 w-full justify-between border-line px-2.5")}
      >
        <span className="sr-only">{label}: </span>
        <span className="truncate">{current}</span>
        <ChevronsUpDown aria-hidden className="text-ink-3" />
      </button>
      <NativePopover
        id={id}
        className="top-24 left-2.5 max-h-[60vh] w-49 overflow-y-auto rounded-md border border-line bg-panel p-1 open:animate-rise max-lg:w-67"
      >
        <ul>
          {items.map((item) => (
            <li key={item.href}>
              <Link
                href={item.href}
                aria-current={item.current ? "true" : undefined}
                className="flex h-8 items-center gap-2 rounded-sm px-2 hover:bg-sunk focus-visible:-outline-offset-2"
              >
                <span className="min-w-0 flex-1 truncate">{item.label}</span>
                {item.current ? <Check aria-hidden className="size-4 text-ink-3" /> : null}
              </Link>
            </li>
          ))}
        </ul>
      </NativePopover>
    </div>
  );
}
