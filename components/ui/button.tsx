import type { ComponentProps, ReactNode } from "react";
import { cn } from "./cn.ts";
import { Spinner } from "./spinner.tsx";

export type ButtonVariant = "primary" | "secondary" | "ghost" | "danger";
export type ButtonSize = "sm" | "md" | "lg" | "icon";

export type ButtonLook = { variant?: ButtonVariant; size?: ButtonSize; icon?: ReactNode };

const variants: Record<ButtonVariant, string> = {
  primary: "bg-ink text-on-ink border-ink hover:bg-ink/85 active:bg-ink/75",
  secondary: "bg-panel text-ink border-line-strong hover:bg-sunk hover:border-ink-3 active:bg-line",
  ghost: "bg-transparent text-ink-2 border-transparent hover:bg-sunk hover:text-ink active:bg-line",
  danger: "bg-danger text-on-danger border-danger hover:bg-danger/88 active:bg-danger/78",
};

const sizes: Record<ButtonSize, string> = {
  sm: "h-7 px-2.5 text-sm gap-1.5",
  md: "h-8 px-3 text-base gap-2",
  lg: "h-9 px-4 text-base gap-2",
  icon: "size-8 justify-center",
};

/** The classes of a button, for elements that must look like one. */
export function buttonClass({ variant = "secondary", size = "md" }: Pick<ButtonLook, "variant" | "size"> = {}): string {
  return cn(
    "inline-flex shrink-0 items-center justify-center whitespace-nowrap rounded-md border font-medium select-none",
    "transition-colors duration-100 disabled:cursor-not-allowed disabled:opacity-55 aria-disabled:cursor-not-allowed",
    "aria-disabled:opacity-55 [&_svg]:size-4 [&_svg]:shrink-0",
    variants[variant],
    sizes[size],
  );
}

type ButtonProps = ComponentProps<"button"> & ButtonLook & { pending?: boolean };

/** A push button. While `pending` it keeps its width, shows a spinner and takes no second press. */
export function Button({ variant, size, icon, pending = false, className, children, type, ...rest }: ButtonProps) {
  return (
    <button
      {...rest}
      type={type ?? "button"}
      aria-busy={pending || undefined}
      aria-disabled={pending || rest["aria-disabled"]}
      onClick={pending ? (event) => event.preventDefault() : rest.onClick}
      className={cn(buttonClass({ variant, size }), className)}
    >
      {pending ? <Spinner /> : icon}
      {children}
    </button>
  );
}
