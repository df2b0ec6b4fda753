import { CircleAlert } from "lucide-react";
import { type ReactNode, useId } from "react";
import { cn } from "./cn.ts";

/** What a field hands to its control, so that label, help and error are tied to it in one place. */
export type FieldControl = {
  id: string;
  name: string;
  required?: boolean;
  defaultValue?: string;
  "aria-describedby"?: string;
  "aria-invalid"?: true;
};

type FieldProps = {
  name: string;
  label: ReactNode;
  help?: ReactNode;
  /** What is wrong and how to put it right. */
  error?: string;
  /** What was typed before the page was rendered anew; spread the control after its own `defaultValue`. */
  typed?: string;
  required?: boolean;
  /** Says "optional" beside the label. */
  optional?: boolean;
  className?: string;
  children: (control: FieldControl) => ReactNode;
};

/** Label, control, help and error of one form control: `<Field name="x" label="X">{(c) => <Input {...c} />}</Field>`. */
export function Field({ name, label, help, error, typed, required, optional, className, children }: FieldProps) {
  const id = useId();
  const helpId = `${id}-help`;
  const errorId = `${id}-error`;
  const describedBy = [error ? errorId : "", help ? helpId : ""].filter(Boolean).join(" ");
  return (
    <div className={cn("flex min-w-0 flex-col gap-1", className)}>
      <label htmlFor={id} className="font-medium">
        {label}
        {optional ? <span className="ml-1.5 font-normal text-ink-3">optional</span> : null}
      </label>
      {children({
        id,
        name,
        required,
        ...(typed === undefined ? {} : { defaultValue: typed }),
        "aria-describedby": describedBy || undefined,
        "aria-invalid": error ? true : undefined,
      })}
      {error ? <FieldError id={errorId}>{error}</FieldError> : null}
      {help ? (
        <p id={helpId} className="text-sm text-ink-3">
          {help}
        </p>
      ) : null}
    </div>
  );
}

/** The line that says what is wrong with one control. */
export function FieldError({ id, children }: { id: string; children: ReactNode }) {
  return (
    <p id={id} className="flex items-start gap-1.5 text-sm text-danger">
      <CircleAlert aria-hidden className="mt-0.75 size-3.5 shrink-0" />
      <span>{children}</span>
    </p>
  );
}
