"use client"; // Switches without loading.

import Link from "next/link";
import { usePathname } from "next/navigation";
import { Tabs as Radix } from "radix-ui";
import type { ReactNode } from "react";
import { cn } from "./cn.ts";

const list = "flex gap-4 overflow-x-auto border-line border-b";
const tab =
  "-mb-px inline-flex h-9 items-center gap-1.5 whitespace-nowrap border-transparent border-b-2 text-ink-2 transition-colors " +
  "hover:text-ink focus-visible:-outline-offset-2";

export type TabItem = { value: string; label: ReactNode; content: ReactNode };

/** Parts of one thing, one at a time, that are all on the page already. */
export function Tabs({
  label,
  items,
  defaultValue,
}: {
  label: string;
  items: readonly TabItem[];
  defaultValue?: string;
}) {
  return (
    <Radix.Root defaultValue={defaultValue ?? items[0]?.value}>
      <Radix.List aria-label={label} className={list}>
        {items.map((item) => (
          <Radix.Trigger
            key={item.value}
            value={item.value}
            className={cn(
              tab,
              "data-[state=active]:border-ink data-[state=active]:font-medium data-[state=active]:text-ink",
            )}
          >
            {item.label}
          </Radix.Trigger>
        ))}
      </Radix.List>
      {items.map((item) => (
        <Radix.Content key={item.value} value={item.value} className="pt-4">
          {item.content}
        </Radix.Content>
      ))}
    </Radix.Root>
  );
}

/** The same look for parts that each have an address. */
export function TabLinks({ label, items }: { label: string; items: readonly { href: string; label: ReactNode }[] }) {
  const path = usePathname();
  return (
    <nav aria-label={label} className={list}>
      {items.map((item) => (
        <Link
          key={item.href}
          href={item.href}
          aria-current={path === item.href ? "page" : undefined}
          className={cn(tab, "aria-[current]:border-ink aria-[current]:font-medium aria-[current]:text-ink")}
        >
          {item.label}
        </Link>
      ))}
    </nav>
  );
}
