import { Check } from "lucide-react";
import type { ComponentProps, ReactNode } from "react";
import { cn } from "./cn.ts";

type CheckboxProps = Omit<ComponentProps<"input">, "type"> & {
  label: ReactNode;
  help?: ReactNode;
  hideLabel?: boolean;
};

/** A checkbox with its label; `hideLabel` keeps the label for screen readers only, as in table rows. */
export function Checkbox({ label, help, hideLabel = false, className, ...rest }: CheckboxProps) {
  return (
    <label className={cn("flex min-h-6 items-start gap-2", className)}>
      <span className="relative mt-0.5 inline-grid size-4 shrink-0 place-items-center">
        <input
          {...rest}
          type="checkbox"
          className={cn(
            "peer size-4 appearance-none rounded-sm border border-ink-3 bg-panel transition-colors",
            "checked:border-accent checked:bg-accent indeterminate:border-accent indeterminate:bg-accent",
            "disabled:border-line-strong disabled:bg-sunk aria-invalid:border-danger",
          )}
        />
        <Check
          aria-hidden
          strokeWidth={3}
          className="pointer-events-none absolute size-3 text-on-accent opacity-0 peer-checked:opacity-100"
        />
        <span className="pointer-events-none absolute h-0.5 w-2 rounded-full bg-on-accent opacity-0 peer-indeterminate:opacity-100" />
      </span>
      <span className={hideLabel ? "sr-only" : "min-w-0"}>
        {label}
        {help ? <span className="block text-sm text-ink-3">{help}</span> : null}
      </span>
    </label>
  );
}
