import type { ComponentProps } from "react";
import { cn } from "./cn.ts";
import { controlClass } from "./control-class.ts";

type InputProps = ComponentProps<"input"> & { /** Byte-exact text: tokens, networks, ids. */ mono?: boolean };

/** One line of text. */
export function Input({ className, mono, ...rest }: InputProps) {
  return <input {...rest} className={cn(controlClass, "h-8", mono && "font-mono", className)} />;
}
