import type { ReactNode } from "react";

type EmptyStateProps = {
  /** `h1` when it is the whole page. */
  heading?: "p" | "h1" | "h2";
  icon?: ReactNode;
  title: ReactNode;
  /** What will appear here and how to make it appear. */
  children?: ReactNode;
  action?: ReactNode;
};

/** A list or page with nothing in it yet. */
export function EmptyState({ heading: Heading = "p", icon, title, children, action }: EmptyStateProps) {
  return (
    <div className="flex flex-col items-center justify-center gap-1 px-6 py-10 text-center">
      {icon ? <span className="mb-2 text-ink-3 [&_svg]:size-5">{icon}</span> : null}
      <Heading className="font-semibold">{title}</Heading>
      {children ? <div className="max-w-md text-ink-2">{children}</div> : null}
      {action ? <div className="mt-3 flex flex-wrap justify-center gap-2">{action}</div> : null}
    </div>
  );
}
