"use client"; // Measures whether there is anything to scroll.

import { type ReactNode, useEffect, useRef, useState } from "react";

type ScrollRegionProps = { label: string; className?: string; children: ReactNode };

/** Scrolls what does not fit. Becomes a stop of the Tab key only while it does, so that the arrow keys can scroll it. */
export function ScrollRegion({ label, className, children }: ScrollRegionProps) {
  const ref = useRef<HTMLDivElement>(null);
  const [scrolls, setScrolls] = useState(false);

  useEffect(() => {
    const element = ref.current;
    if (!element) return;
    const measure = () =>
      setScrolls(element.scrollWidth > element.clientWidth || element.scrollHeight > element.clientHeight);
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    if (element.firstElementChild) observer.observe(element.firstElementChild);
    return () => observer.disconnect();
  }, []);

  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset groups controls; this groups rows.
    <div ref={ref} role="group" aria-label={label} tabIndex={scrolls ? 0 : undefined} className={className}>
      {children}
    </div>
  );
}
