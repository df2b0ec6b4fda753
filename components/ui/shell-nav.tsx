"use client"; // Marks the item of the page that is open.

import { usePathname } from "next/navigation";
import type { ReactNode } from "react";
import { cn } from "./cn.ts";
import { Link } from "./link.tsx";
import { type Meaning, meaningText } from "./meaning.tsx";

export type NavItem = {
  href: string;
  label: string;
  /** A rendered icon, so that it can come from the server. */
  icon: ReactNode;
  count?: ReactNode;
  /** What the count means; `countLabel` says it in words for screen readers. */
  countMeaning?: Meaning;
  countLabel?: string;
  /** Active only on exactly this address, as the first page of a section is. */
  exact?: boolean;
};

export type NavGroup = { label?: string; items: readonly NavItem[] };

function isOpen(item: NavItem, path: string): boolean {
  return path === item.href || (!item.exact && path.startsWith(`${item.href}/`));
}

/** The groups of the side navigation. */
export function ShellNav({ groups }: { groups: readonly NavGroup[] }) {
  const path = usePathname();
  return (
    <div className="flex flex-col gap-4">
      {groups.map((group) => (
        <div key={group.label ?? group.items[0]?.href}>
          {group.label ? <p className="px-2 pb-1 text-sm text-ink-3">{group.label}</p> : null}
          <ul className="flex flex-col gap-0.5">
            {group.items.map((item) => (
              <li key={item.href}>
                <Link
                  href={item.href}
                  aria-current={isOpen(item, path) ? "page" : undefined}
                  className={cn(
                    "flex h-8 items-center gap-2.5 rounded-md px-2 text-ink-2 transition-colors hover:bg-sunk hover:text-ink",
                    "aria-[current]:bg-sunk aria-[current]:font-medium aria-[current]:text-ink",
                    "[&_svg]:size-4 [&_svg]:shrink-0 [&_svg]:stroke-[1.75]",
                  )}
                >
                  {item.icon}
                  <span className="min-w-0 flex-1 truncate">{item.label}</span>
                  {item.count === undefined ? null : (
                    <span
                      className={cn(
                        "text-sm font-normal tabular-nums",
                        item.countMeaning && item.countMeaning !== "neutral"
                          ? meaningText[item.countMeaning]
                          : "text-ink-3",
                      )}
                    >
                      {item.count}
                      {item.countLabel ? <span className="sr-only"> {item.countLabel}</span> : null}
                    </span>
                  )}
                </Link>
              </li>
            ))}
          </ul>
        </div>
      ))}
    </div>
  );
}
