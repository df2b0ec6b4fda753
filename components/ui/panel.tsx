import { type ReactNode, useId } from "react";
import { cn } from "./cn.ts";

type PanelProps = {
  title?: ReactNode;
  /** Among landmarks, where several panels can have the same title. */
  name?: string;
  /** Right of the title: a unit, a count, a link or a control. */
  aside?: ReactNode;
  /** Content runs to the edges, as tables and lists do. */
  flush?: boolean;
  footer?: ReactNode;
  id?: string;
  className?: string;
  children: ReactNode;
};

/** A bordered part of a page with an optional heading. Panels never hold panels. */
export function Panel({ title, name, aside, flush = false, footer, id, className, children }: PanelProps) {
  const titleId = useId();
  return (
    <section
      id={id}
      aria-label={name}
      aria-labelledby={title && name === undefined ? titleId : undefined}
      className={cn("flex min-w-0 flex-col rounded-lg border border-line bg-panel", className)}
    >
      {title || aside ? (
        <div className="flex min-h-11 flex-wrap items-center justify-between gap-x-4 gap-y-1 px-4 pt-2.5 pb-1.5">
          {title ? (
            <h2 id={titleId} className="font-semibold">
              {title}
            </h2>
          ) : null}
          {aside ? <div className="ml-auto text-sm text-ink-3">{aside}</div> : null}
        </div>
      ) : null}
      <div className={cn("min-w-0 flex-1", flush ? "pb-1" : title ? "px-4 pb-4" : "p-4")}>{children}</div>
      {footer ? <div className="border-t border-line px-4 py-2.5 text-sm text-ink-3">{footer}</div> : null}
    </section>
  );
}
