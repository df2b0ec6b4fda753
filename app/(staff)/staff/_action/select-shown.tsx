"use client"; // Ticks the boxes of the form it stands in, and counts them.

import { type RefObject, useEffect, useRef, useState } from "react";
import { Checkbox } from "#components/ui/checkbox.tsx";
import { useHydrated } from "#components/ui/use-hydrated.ts";

const boxesOf = (element: HTMLElement | null) => [
  ...(element?.closest("form")?.querySelectorAll<HTMLInputElement>("input[name=account]") ?? []),
];

/** Ticks every account on this page of a list, or none. */
export function SelectShown({ hideLabel = false }: { hideLabel?: boolean }) {
  const box = useRef<HTMLInputElement>(null);
  const { ticked, all } = useTicked(box);
  const isAll = all > 0 && ticked === all;
  useEffect(() => {
    if (box.current) box.current.indeterminate = ticked > 0 && !isAll;
  }, [ticked, isAll]);
  return (
    <Checkbox
      ref={box}
      label="Select all on this page"
      hideLabel={hideLabel}
      data-key="select-shown"
      disabled={!useHydrated()}
      checked={isAll}
      onChange={(event) => {
        for (const one of boxesOf(box.current)) one.checked = event.target.checked;
        box.current?.form?.dispatchEvent(new Event("change"));
      }}
    />
  );
}

/** “3 selected”, as it changes. */
export function SelectedCount() {
  const place = useRef<HTMLSpanElement>(null);
  const { ticked } = useTicked(place);
  return (
    <span ref={place} role="status" className="font-medium tabular-nums">
      {ticked} selected
    </span>
  );
}

/** How many boxes of the form around an element are ticked, and how many there are. */
function useTicked(place: RefObject<HTMLElement | null>) {
  const [counts, setCounts] = useState({ ticked: 0, all: 0 });
  useEffect(() => {
    const form = place.current?.closest("form");
    if (!form) return;
    const count = () => {
      const boxes = boxesOf(form);
      const ticked = boxes.filter((one) => one.checked).length;
      setCounts((was) => (was.ticked === ticked && was.all === boxes.length ? was : { ticked, all: boxes.length }));
    };
    // The boxes are emptied only after their form has said so.
    const countAfter = () => setTimeout(count);
    // Rows come and go with every page.
    const rows = new MutationObserver(count);
    count();
    rows.observe(form, { childList: true, subtree: true });
    form.addEventListener("change", count);
    form.addEventListener("reset", countAfter);
    return () => {
      rows.disconnect();
      form.removeEventListener("change", count);
      form.removeEventListener("reset", countAfter);
    };
  }, [place]);
  return counts;
}
