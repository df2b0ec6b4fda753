"use client"; // Listens to the keyboard.

import { useRouter } from "next/navigation";
import { useEffect, useState } from "react";
import { Dialog } from "#components/ui/dialog.tsx";
import { Kbd } from "#components/ui/kbd.tsx";

/** Keys of the desk. Those with a `target` press or focus the element that carries it as `data-key`; an `action` goes to the action form. */
const keys: { key: string; what: string; target?: string; action?: string }[] = [
  { key: "j", what: "next case" },
  { key: "k", what: "previous case" },
  { key: "c", what: "claim this case", target: "claim" },
  { key: "n", what: "write a note", target: "note" },
  { key: "s", what: "suspend", action: "suspension" },
  { key: "t", what: "throttle", action: "throttle" },
  { key: "w", what: "give notice", action: "notice" },
  { key: "d", what: "dismiss the first open flag", target: "dismiss" },
  { key: "z", what: "snooze the case", target: "snooze" },
  { key: "e", what: "hand the case over", target: "hand-over" },
  { key: "x", what: "close the case", target: "close" },
  { key: "a", what: "select all cases on this page", target: "select-shown" },
  { key: "Ctrl K", what: "search everything" },
  { key: "Ctrl Enter", what: "send the form you are in" },
  { key: "?", what: "this list" },
];

export function CaseKeys() {
  const router = useRouter();
  const [isHelpOpen, setHelpOpen] = useState(false);
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.key === "Enter" && (event.ctrlKey || event.metaKey) && !event.defaultPrevented) {
        if (event.target instanceof HTMLTextAreaElement) event.target.form?.requestSubmit();
        return;
      }
      const isTyping =
        event.target instanceof HTMLElement &&
        event.target.closest("input:not([type=checkbox]), textarea, select, [role=dialog], [role=alertdialog]");
      if (isTyping || event.metaKey || event.ctrlKey || event.altKey) return;
      if (event.key === "?") return setHelpOpen(true);
      if (event.key === "j" || event.key === "k") {
        const href = neighbour(event.key === "j" ? 1 : -1);
        if (href) router.push(href);
        return;
      }
      const { target, action } = keys.find((one) => one.key === event.key) ?? {};
      if (action) {
        event.preventDefault();
        document.dispatchEvent(new CustomEvent("desk-action", { detail: action }));
        return;
      }
      const element = target ? document.querySelector<HTMLElement>(`[data-key="${target}"]`) : null;
      if (!element) return;
      event.preventDefault();
      // What is written in gets the focus, and a box too, so that Enter sends its form.
      if (element instanceof HTMLTextAreaElement || element instanceof HTMLInputElement) element.focus();
      if (!(element instanceof HTMLTextAreaElement)) element.click();
    };
    document.addEventListener("keydown", onKey);
    return () => document.removeEventListener("keydown", onKey);
  }, [router]);
  return (
    <Dialog open={isHelpOpen} onOpenChange={setHelpOpen} title="Keyboard shortcuts" size="sm">
      <dl className="grid grid-cols-[3rem_1fr] gap-y-1.5">
        {keys.map((one) => (
          <div key={one.key} className="contents">
            <dt>
              <Kbd>{one.key}</Kbd>
            </dt>
            <dd>{one.what}</dd>
          </div>
        ))}
      </dl>
    </Dialog>
  );
}

/** The address of the case after (1) or before (-1) the open one; the first when none is open. */
function neighbour(step: 1 | -1): string | null {
  const links = [...document.querySelectorAll<HTMLAnchorElement>("a[data-case]")];
  const at = links.findIndex((link) => link.getAttribute("aria-current") === "page");
  const next = at === -1 ? links[0] : links[at + step];
  return next ? next.pathname + next.search : null;
}
