import type { ComponentProps } from "react";
import { type ButtonLook, buttonClass } from "./button.tsx";
import { cn } from "./cn.ts";
import { Link } from "./link.tsx";

/** A link that looks like a button: for going somewhere, never for doing something. */
export function ButtonLink({
  variant,
  size,
  icon,
  className,
  children,
  ...rest
}: ComponentProps<typeof Link> & ButtonLook) {
  return (
    <Link {...rest} className={cn(buttonClass({ variant, size }), className)}>
      {icon}
      {children}
    </Link>
  );
}
