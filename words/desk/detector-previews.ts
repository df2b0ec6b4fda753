import type { DetectorMode } from "../../core/rules/vocabulary.ts";
import { count, plural } from "../en/numbers.ts";

type Preview = {
  accuracy: "at_least" | "about" | "untold";
  candidates: number | null;
  looked: number;
  inForce: number;
  proposed: number;
};

const accounts = (number: number) => plural(number, { one: "account", other: "accounts" });

/** "At least 4 accounts would have been flagged, 7 with the thresholds in force." */
export function previewResult({ accuracy, candidates, looked, inForce, proposed }: Preview): string {
  if (accuracy === "untold") return "Cannot be told from what is kept.";
  if (candidates === null)
    return "There was too much traffic to look at in the time for this. Try stricter thresholds.";
  const isPart = looked < candidates;
  const first = accuracy === "about" && !isPart ? "About" : "At least";
  return `${first} ${accounts(proposed)} would have been flagged, ${count(inForce)} with the thresholds in force.`;
}

/** How far the figures can be believed. */
export function previewAccuracy({ accuracy, candidates, looked }: Preview): string {
  if (accuracy === "untold")
    return "This detector looks at what is not kept for a week, or at nothing that traffic tells. Publish it in shadow first: it then counts what it would flag.";
  const part =
    candidates !== null && looked < candidates
      ? ` Time was enough for ${count(looked)} of ${accounts(candidates)} that had anything to flag.`
      : "";
  const how =
    accuracy === "about"
      ? "Plans, exceptions and fixes are taken as they are now."
      : "The records are looked at every five minutes or every hour, less often than the detector looks.";
  return `${how} Loads that were announced, suspensions and earlier decisions are not taken off.${part}`;
}

/** What staff decided about the flags of an account. */
export const previewVerdicts = { confirmed: "confirmed", cleared: "not abuse" } as const;

/** What a state other than flagging means for a preview. */
export const previewMode: Record<Exclude<DetectorMode, "flags">, string> = {
  shadow: "In shadow it would only have counted them.",
  off: "Off, it would have flagged nobody.",
};
