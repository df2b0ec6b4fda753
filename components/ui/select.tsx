import { ChevronDown } from "lucide-react";
import type { ComponentProps } from "react";
import { cn } from "./cn.ts";
import { controlClass } from "./control-class.ts";

export type SelectOption = { value: string; label: string; disabled?: boolean };
type SelectProps = ComponentProps<"select"> & { options: readonly SelectOption[]; placeholder?: string };

/** The browser's own select, styled: it works before any script and with every phone's picker. */
export function Select({ options, placeholder, className, ...rest }: SelectProps) {
  return (
    <span className={cn("relative block", className)}>
      <select {...rest} className={cn(controlClass, "h-8 appearance-none pr-8")}>
        {placeholder ? <option value="">{placeholder}</option> : null}
        {options.map((option) => (
          <option key={option.value} value={option.value} disabled={option.disabled}>
            {option.label}
          </option>
        ))}
      </select>
      <ChevronDown aria-hidden className="pointer-events-none absolute top-2 right-2.5 size-4 text-ink-3" />
    </span>
  );
}
