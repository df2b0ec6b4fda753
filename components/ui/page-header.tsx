import type { ReactNode } from "react";

type PageHeaderProps = { title: ReactNode; lead?: ReactNode; badge?: ReactNode; actions?: ReactNode };

/** The title of a page, one line about it, and what can be done here. */
export function PageHeader({ title, lead, badge, actions }: PageHeaderProps) {
  return (
    <header className="flex flex-wrap items-end justify-between gap-x-6 gap-y-3">
      <div className="min-w-0">
        <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
          <h1 className="text-xl font-semibold">{title}</h1>
          {badge}
        </div>
        {lead ? <p className="max-w-prose text-pretty text-ink-2">{lead}</p> : null}
      </div>
      {actions ? <div className="flex flex-wrap items-center gap-2">{actions}</div> : null}
    </header>
  );
}
