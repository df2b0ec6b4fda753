import type { ReactNode } from "react";
import { cn } from "./cn.ts";
import { Link } from "./link.tsx";

// The lines between segments are the frame showing through, so that they are right in a second row too.
const frame =
  "inline-flex w-fit max-w-full flex-wrap gap-px overflow-hidden rounded-md border border-line-strong bg-line";
const segment =
  "inline-flex h-7 grow items-center justify-center whitespace-nowrap bg-panel px-2.5 text-sm text-ink-2 transition-colors hover:text-ink";
const chosen = "bg-sunk font-medium text-ink";

type SegmentedProps = {
  name: string;
  legend: ReactNode;
  options: readonly { value: string; label: ReactNode }[];
  defaultValue?: string;
  value?: string;
  onValueChange?: (value: string) => void;
  hideLegend?: boolean;
};

/** One choice out of a few short words, as radios in a row. */
export function Segmented({ name, legend, options, defaultValue, value, onValueChange, hideLegend }: SegmentedProps) {
  return (
    <fieldset className="min-w-0">
      <legend className={hideLegend ? "sr-only" : "mb-1 font-medium"}>{legend}</legend>
      <span className={frame}>
        {options.map((option) => (
          <label
            key={option.value}
            className={cn(
              segment,
              "relative has-checked:bg-sunk has-checked:font-medium has-checked:text-ink",
              "has-focus-visible:outline-2 has-focus-visible:-outline-offset-2 has-focus-visible:outline-accent",
            )}
          >
            <input
              type="radio"
              name={name}
              value={option.value}
              {...(value === undefined
                ? { defaultChecked: option.value === defaultValue }
                : { checked: option.value === value, onChange: () => onValueChange?.(option.value) })}
              className="absolute inset-0 appearance-none outline-none"
            />
            {option.label}
          </label>
        ))}
      </span>
    </fieldset>
  );
}

type SegmentedLinksProps = {
  label: string;
  items: readonly { href: string; label: ReactNode; active: boolean }[];
};

/** The same look for choices that live in the URL: ranges, filters, views. */
export function SegmentedLinks({ label, items }: SegmentedLinksProps) {
  return (
    <nav aria-label={label} className={frame}>
      {items.map((item) => (
        <Link
          key={item.href}
          href={item.href}
          scroll={false}
          aria-current={item.active ? "true" : undefined}
          className={cn(segment, "focus-visible:-outline-offset-2", item.active && chosen)}
        >
          {item.label}
        </Link>
      ))}
    </nav>
  );
}
