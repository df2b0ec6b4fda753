import type { ComponentProps } from "react";
import { cn } from "./cn.ts";
import { Link } from "./link.tsx";

const kinds = {
  /** Inside a sentence: underlined, since colour alone would not show it. */
  text: "text-accent underline decoration-accent/40 hover:decoration-accent",
  /** By itself, at the end of a row or panel. */
  bare: "text-accent hover:underline",
  /** The name of a thing in a table: ink, underlined on hover. */
  name: "font-medium text-ink hover:underline",
};

/** A link. */
export function TextLink({
  kind = "text",
  className,
  ...rest
}: ComponentProps<typeof Link> & { kind?: keyof typeof kinds }) {
  return <Link {...rest} className={cn("rounded-sm underline-offset-2", kinds[kind], className)} />;
}
