import Link from "next/link";
import type { ComponentProps } from "react";
import { cn } from "./cn.ts";

/** A link in running text or a table cell. `quiet` keeps the ink colour and underlines on hover. */
export function TextLink({ quiet = false, className, ...rest }: ComponentProps<typeof Link> & { quiet?: boolean }) {
  return (
    <Link
      {...rest}
      className={cn(
        "rounded-sm underline-offset-2 hover:underline",
        quiet ? "font-medium text-ink" : "text-accent underline decoration-accent/35 hover:decoration-accent",
        className,
      )}
    />
  );
}
