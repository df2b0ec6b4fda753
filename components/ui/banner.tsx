import type { ReactNode } from "react";
import { cn } from "./cn.ts";
import { type Meaning, MeaningIcon, meaningText } from "./meaning.tsx";

type BannerProps = {
  meaning: Exclude<Meaning, "neutral">;
  title: ReactNode;
  /** What happened, why, and what to do. */
  children?: ReactNode;
  action?: ReactNode;
  /** Announce it when it appears after the page has loaded. */
  live?: boolean;
};

const bars: Record<BannerProps["meaning"], string> = {
  good: "before:bg-good",
  warning: "before:bg-chart-over",
  danger: "before:bg-danger",
  info: "before:bg-info",
};

/** One thing the reader should know before anything else on the page. */
export function Banner({ meaning, title, children, action, live = false }: BannerProps) {
  return (
    <div
      role={live ? (meaning === "danger" ? "alert" : "status") : undefined}
      className={cn(
        "relative flex flex-wrap items-start gap-x-4 gap-y-3 overflow-hidden rounded-lg border border-line bg-panel py-3.5 pr-4 pl-5",
        "before:absolute before:inset-y-0 before:left-0 before:w-1",
        bars[meaning],
      )}
    >
      <MeaningIcon
        meaning={meaning}
        className={cn("mt-0.5 size-4 shrink-0", meaning === "warning" ? "text-chart-over" : meaningText[meaning])}
      />
      <div className="min-w-0 flex-1 basis-64 text-ink-2">
        <strong className="font-semibold text-ink">{title}</strong> {children}
      </div>
      {action ? <div className="flex shrink-0 gap-2">{action}</div> : null}
    </div>
  );
}
