import { ChevronLeft, ChevronRight } from "lucide-react";
import type { ReactNode } from "react";
import { buttonClass } from "./button.tsx";
import { ButtonLink } from "./button-link.tsx";
import { cn } from "./cn.ts";

type PaginationProps = { label: string; previousHref?: string; nextHref?: string; summary?: ReactNode };

/** Back and forth through a list that is read by cursor. */
export function Pagination({ label, previousHref, nextHref, summary }: PaginationProps) {
  return (
    <nav aria-label={label} className="flex items-center justify-between gap-4 px-4 py-2 text-sm text-ink-3">
      <span className="tabular-nums">{summary}</span>
      <span className="flex gap-2">
        <Step href={previousHref}>
          <ChevronLeft aria-hidden />
          Previous
        </Step>
        <Step href={nextHref}>
          Next
          <ChevronRight aria-hidden />
        </Step>
      </span>
    </nav>
  );
}

function Step({ href, children }: { href?: string; children: ReactNode }) {
  if (href) {
    return (
      <ButtonLink href={href} size="sm" scroll={false}>
        {children}
      </ButtonLink>
    );
  }
  return (
    <span aria-disabled="true" className={cn(buttonClass({ size: "sm" }), "pointer-events-none")}>
      {children}
    </span>
  );
}
