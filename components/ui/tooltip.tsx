"use client"; // Opens on hover and on focus.

import { Tooltip as Radix } from "radix-ui";
import type { ReactNode } from "react";

type TooltipProps = { content: ReactNode /** One element that can hold the focus. */; children: ReactNode };

/** A few words about a control. Never the only place where something is said. */
export function Tooltip({ content, children }: TooltipProps) {
  return (
    <Radix.Provider delayDuration={250}>
      <Radix.Root>
        <Radix.Trigger asChild>{children}</Radix.Trigger>
        <Radix.Portal>
          <Radix.Content
            sideOffset={6}
            collisionPadding={8}
            className="z-50 max-w-72 animate-rise rounded-md border border-line bg-panel px-2.5 py-1.5 text-sm text-ink shadow-float"
          >
            {content}
          </Radix.Content>
        </Radix.Portal>
      </Radix.Root>
    </Radix.Provider>
  );
}

/** A word with its definition on hover and focus. */
export function Term({ definition, children }: { definition: ReactNode; children: ReactNode }) {
  return (
    <Tooltip content={definition}>
      <button
        type="button"
        className="cursor-help rounded-sm underline decoration-ink-3 decoration-dotted underline-offset-3"
      >
        {children}
      </button>
    </Tooltip>
  );
}
