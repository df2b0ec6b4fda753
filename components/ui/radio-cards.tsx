import { type ReactNode, useId } from "react";
import { cn } from "./cn.ts";
import { FieldError } from "./field.tsx";

export type RadioCard = { value: string; label: ReactNode; help?: ReactNode; disabled?: boolean };

type RadioCardsProps = {
  name: string;
  legend: ReactNode;
  options: readonly RadioCard[];
  defaultValue?: string;
  value?: string;
  onValueChange?: (value: string) => void;
  error?: string;
  /** Cards side by side from tablet width on. */
  columns?: 1 | 2 | 3;
};

/** One choice out of a few, each with room to say what it means. Plain radios underneath. */
export function RadioCards(props: RadioCardsProps) {
  const { name, legend, options, defaultValue, value, onValueChange, error, columns = 1 } = props;
  const errorId = useId();
  return (
    <fieldset className="flex min-w-0 flex-col gap-1" aria-describedby={error ? errorId : undefined}>
      <legend className="mb-1 font-medium">{legend}</legend>
      <div className={cn("grid gap-2", columns === 2 && "sm:grid-cols-2", columns === 3 && "sm:grid-cols-3")}>
        {options.map((option) => (
          <label
            key={option.value}
            className={cn(
              "flex items-start gap-2.5 rounded-md border border-line-strong bg-panel px-3 py-2 transition-colors",
              "hover:border-ink-3 has-checked:border-accent has-checked:bg-accent-bg has-disabled:opacity-55",
              "has-focus-visible:outline-2 has-focus-visible:outline-offset-2 has-focus-visible:outline-accent",
            )}
          >
            <input
              type="radio"
              name={name}
              value={option.value}
              disabled={option.disabled}
              aria-invalid={error ? true : undefined}
              {...(value === undefined
                ? { defaultChecked: option.value === defaultValue }
                : { checked: option.value === value, onChange: () => onValueChange?.(option.value) })}
              className="mt-0.5 size-4 shrink-0 appearance-none rounded-full border border-ink-3 bg-panel outline-none checked:border-5 checked:border-accent"
            />
            <span className="min-w-0">
              <span className="font-medium">{option.label}</span>
              {option.help ? <span className="block text-sm text-ink-2">{option.help}</span> : null}
            </span>
          </label>
        ))}
      </div>
      {error ? <FieldError id={errorId}>{error}</FieldError> : null}
    </fieldset>
  );
}
