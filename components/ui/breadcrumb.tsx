import { Fragment } from "react";
import { Link } from "./link.tsx";

export type Crumb = { label: string; href?: string };

/** Where this page is; the last crumb is the page itself. */
export function Breadcrumb({ items }: { items: readonly Crumb[] }) {
  return (
    <nav aria-label="Breadcrumb" className="min-w-0">
      <ol className="flex min-w-0 items-center gap-1.5 text-ink-2">
        {items.map((item, index) => {
          const last = index === items.length - 1;
          return (
            <Fragment key={`${item.href ?? ""}${item.label}`}>
              <li className={last ? "min-w-0 truncate" : "hidden min-w-0 shrink-[2] truncate sm:block"}>
                {item.href && !last ? (
                  <Link href={item.href} className="rounded-sm hover:text-ink hover:underline">
                    {item.label}
                  </Link>
                ) : (
                  <span aria-current={last ? "page" : undefined} className={last ? "font-medium text-ink" : ""}>
                    {item.label}
                  </span>
                )}
              </li>
              {last ? null : (
                <li aria-hidden className="hidden text-ink-3 sm:block">
                  /
                </li>
              )}
            </Fragment>
          );
        })}
      </ol>
    </nav>
  );
}
