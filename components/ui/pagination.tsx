import { ChevronLeft, ChevronRight } from "lucide-react";
import type { ReactNode } from "react";
import { ButtonLink, buttonClass } from "./button.tsx";
import { cn } from "./cn.ts";

type PaginationProps = { label: string; previousHref?: string; nextHref?: string; summary?: ReactNode };

/** Back and forth through a list that is read by cursor. */
export function Pagination({ label, previousHref, nextHref, summary }: PaginationProps) {
  return (
    <nav aria-label={label} className="flex items-center justify-between gap-4 px-4 py-2 text-sm text-ink-3">
      <span className="tabular-nums">{summary}</span>
      <span className="flex gap-2">
        <Step href={previousHref} icon={<ChevronLeft aria-hidden />} word="Previous" />
        <Step href={nextHref} icon={<ChevronRight aria-hidden />} word="Next" />
      </span>
    </nav>
  );
}

function Step({ href, icon, word }: { href?: string; icon: ReactNode; word: string }) {
  if (href) {
    return (
      <ButtonLink href={href} size="sm" icon={icon} scroll={false}>
        {word}
      </ButtonLink>
    );
  }
  return (
    <span aria-disabled="true" className={cn(buttonClass({ size: "sm" }), "pointer-events-none")}>
      {icon}
      {word}
    </span>
  );
}
