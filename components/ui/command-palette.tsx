"use client"; // Listens for the shortcut; the palette itself is loaded when first opened.

import { Search } from "lucide-react";
import { lazy, Suspense, useEffect, useState } from "react";
import { buttonClass } from "./button.tsx";
import { cn } from "./cn.ts";
import type { CommandPaletteProps } from "./command-panel.tsx";
import { Kbd } from "./kbd.tsx";
import { useHydrated } from "./use-hydrated.ts";

const CommandPanel = lazy(() => import("./command-panel.tsx"));

function shortcut(): string {
  return navigator.platform.startsWith("Mac") ? "⌘K" : "Ctrl K";
}

/** The search box of the top bar: opens the palette, as does ⌘K or Ctrl+K. */
export function CommandPalette(props: CommandPaletteProps) {
  const [open, setOpen] = useState(false);
  const hydrated = useHydrated();

  useEffect(() => {
    const listen = (event: KeyboardEvent) => {
      if (event.key.toLowerCase() !== "k" || !(event.metaKey || event.ctrlKey)) return;
      event.preventDefault();
      setOpen((before) => !before);
    };
    window.addEventListener("keydown", listen);
    return () => window.removeEventListener("keydown", listen);
  }, []);

  return (
    <>
      <button
        type="button"
        aria-haspopup="dialog"
        aria-label={props.placeholder}
        onClick={() => setOpen(true)}
        className={cn(
          buttonClass(),
          "justify-start border-line px-2.5 font-normal text-ink-3 max-sm:size-8 max-sm:justify-center max-sm:px-0 sm:w-52 lg:w-75",
        )}
      >
        <Search aria-hidden />
        <span className="min-w-0 flex-1 truncate text-left max-sm:hidden">{props.placeholder}</span>
        <span className="max-sm:hidden">
          <Kbd>{hydrated ? shortcut() : "⌘K"}</Kbd>
        </span>
      </button>
      {open ? (
        <Suspense fallback={null}>
          <CommandPanel {...props} onClose={() => setOpen(false)} />
        </Suspense>
      ) : null}
    </>
  );
}
