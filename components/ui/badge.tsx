import type { ReactNode } from "react";
import { cn } from "./cn.ts";
import { type Meaning, MeaningIcon, meaningSurface } from "./meaning.tsx";

type BadgeProps = {
  meaning?: Meaning;
  /** An icon of your own, or `false` for none: the word alone then carries the meaning. */
  icon?: ReactNode | false;
  title?: string;
  className?: string;
  children: ReactNode;
};

/** A short word with a meaning. */
export function Badge({ meaning = "neutral", icon, title, className, children }: BadgeProps) {
  return (
    <span
      title={title}
      className={cn(
        "inline-flex h-5 w-fit max-w-full shrink-0 items-center gap-1 rounded-full px-2 text-sm font-medium tabular-nums",
        "[&_svg]:size-3.5 [&_svg]:shrink-0",
        meaningSurface[meaning],
        className,
      )}
    >
      {icon === undefined ? <MeaningIcon meaning={meaning} /> : icon || null}
      <span className="truncate">{children}</span>
    </span>
  );
}
