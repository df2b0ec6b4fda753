import { ArrowDown, ArrowUp } from "lucide-react";
import type { ComponentProps, ReactNode } from "react";
import { cn } from "./cn.ts";
import { ScrollRegion } from "./scroll-region.tsx";

/** The width from which a column is shown; narrower screens leave it out. */
export type ShownFrom = "sm" | "md" | "lg";

const shownFromClass: Record<ShownFrom, string> = {
  sm: "max-sm:hidden",
  md: "max-md:hidden",
  lg: "max-lg:hidden",
};

type CellProps = { align?: "left" | "right"; shownFrom?: ShownFrom };

/** A table with thin lines that scrolls sideways when it must. `label` names it for screen readers. */
export function Table({ label, className, children }: { label: string; className?: string; children: ReactNode }) {
  return (
    <ScrollRegion label={label} className="relative overflow-x-auto focus-visible:-outline-offset-2">
      <table className={cn("w-full border-collapse text-left", className)}>{children}</table>
    </ScrollRegion>
  );
}

export function TableHead({ children }: { children: ReactNode }) {
  return (
    <thead className="border-line border-b">
      <tr>{children}</tr>
    </thead>
  );
}

export function TableBody({ children }: { children: ReactNode }) {
  return <tbody className="[&>tr:last-child]:border-0 [&>tr]:border-line [&>tr]:border-b">{children}</tbody>;
}

export function TableRow({ selected, className, ...rest }: ComponentProps<"tr"> & { selected?: boolean }) {
  return (
    <tr {...rest} className={cn("transition-colors", selected ? "bg-accent-bg" : "hover:bg-sunk/60", className)} />
  );
}

export function TableHeader(props: Omit<ComponentProps<"th">, "align"> & CellProps) {
  const { align, shownFrom, className, ...rest } = props;
  return (
    <th
      scope="col"
      {...rest}
      className={cn(
        "h-9 whitespace-nowrap px-2 font-normal text-ink-3 text-sm first:pl-4 last:pr-4",
        align === "right" && "text-right",
        shownFrom && shownFromClass[shownFrom],
        className,
      )}
    />
  );
}

export function TableCell(props: Omit<ComponentProps<"td">, "align"> & CellProps) {
  const { align, shownFrom, className, ...rest } = props;
  return (
    <td
      {...rest}
      className={cn(
        "h-10 px-2 py-2 first:pl-4 last:pr-4",
        align === "right" && "text-right",
        shownFrom && shownFromClass[shownFrom],
        className,
      )}
    />
  );
}

type SortDirection = "asc" | "desc";

export function SortMark({ sorted }: { sorted?: SortDirection }) {
  if (!sorted) return null;
  const Icon = sorted === "asc" ? ArrowUp : ArrowDown;
  return <Icon aria-hidden className="size-3.5" />;
}
