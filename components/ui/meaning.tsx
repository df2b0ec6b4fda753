import { CircleAlert, CircleCheck, Info, type LucideIcon, TriangleAlert } from "lucide-react";

/** What a colour may say. `neutral` says nothing. */
export const meanings = ["neutral", "good", "warning", "danger", "info"] as const;
export type Meaning = (typeof meanings)[number];

const icons: Record<Exclude<Meaning, "neutral">, LucideIcon> = {
  good: CircleCheck,
  warning: TriangleAlert,
  danger: CircleAlert,
  info: Info,
};

/** The icon that says the meaning without colour; nothing for `neutral`. */
export function MeaningIcon({ meaning, className }: { meaning: Meaning; className?: string }) {
  if (meaning === "neutral") return null;
  const Icon = icons[meaning];
  return <Icon aria-hidden className={className} strokeWidth={1.75} />;
}

export const meaningText: Record<Meaning, string> = {
  neutral: "text-ink-2",
  good: "text-good",
  warning: "text-warning",
  danger: "text-danger",
  info: "text-info",
};

export const meaningFill: Record<Meaning, string> = {
  neutral: "bg-ink-3",
  good: "bg-good",
  warning: "bg-warning",
  danger: "bg-danger",
  info: "bg-info",
};

export const meaningSurface: Record<Meaning, string> = {
  neutral: "bg-sunk text-ink-2",
  good: "bg-good-bg text-good",
  warning: "bg-warning-bg text-warning",
  danger: "bg-danger-bg text-danger",
  info: "bg-info-bg text-info",
};
