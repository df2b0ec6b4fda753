import type { ComponentProps } from "react";
import { cn } from "./cn.ts";
import { controlClass } from "./control-class.ts";

/** Several lines of text; grows with what is typed where the browser can. */
export function Textarea({ className, rows = 3, mono, ...rest }: ComponentProps<"textarea"> & { mono?: boolean }) {
  return (
    <textarea
      {...rest}
      rows={rows}
      className={cn(controlClass, "field-sizing-content min-h-16 py-1.5", mono && "font-mono", className)}
    />
  );
}
