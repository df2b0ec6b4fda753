import { change } from "#core/facts/changes.ts";
import * as format from "#words/format.ts";

/** Facts that a program compares and nobody reads. The CSV and the API hold them. */
const forMachines: ReadonlySet<string> = new Set(["caseEvents", "evidenceHash", "isInForce"]);

/**
 * The facts of an audit event in one line of words: "cap per day: 5,000 → 8,000 · expires at: 27 Nov 2026, 20:34 UTC". What changed
 * comes first, with what it was.
 */
export function auditFacts({ changes, ...data }: Record<string, unknown>): string {
  const { success, data: changed } = changesIn.safeParse(changes);
  const changedFacts = success
    ? Object.entries(changed).map(
        ([key, { before, after }]) => `${nameOf(key)}: ${stateOf(key, before)} → ${stateOf(key, after)}`,
      )
    : [];
  const facts = Object.entries(data)
    .filter(([key, value]) => !forMachines.has(key) && value !== null && value !== "" && !(success && key in changed))
    .map(([key, value]) => `${nameOf(key)}: ${textOf(key, value)}`);
  return [...changedFacts, ...facts].join(" · ");
}

const changesIn = change.shape.changes;

/** A value before or after a change: nothing is a value as well. */
function stateOf(key: string, value: unknown): string {
  const isNothing =
    value === null || value === undefined || value === "" || (Array.isArray(value) && value.length === 0);
  return isNothing ? "none" : textOf(key, value);
}

/** "cooldownSeconds" → "cooldown", "capPerDay" → "cap per day", "isMailed" → "mailed". */
function nameOf(key: string): string {
  return key
    .replace(/^is(?=[A-Z])/, "")
    .replace(/(?<=.)Seconds$/, "")
    .replace(/([a-z0-9])([A-Z])/g, "$1 $2")
    .toLowerCase();
}

function textOf(key: string, value: unknown): string {
  if (Array.isArray(value)) return value.map((one) => textOf("", one)).join(", ");
  if (typeof value === "boolean") return value ? "yes" : "no";
  if (typeof value === "number") return numberWords(key, value);
  if (typeof value === "object" && value !== null) return JSON.stringify(value);
  return String(value).replace(instant, (text) => format.utc(text, "long"));
}

function numberWords(key: string, value: number): string {
  if (key.endsWith("Seconds")) return format.duration(value);
  return Number.isInteger(value) ? format.count(value) : String(value);
}

const instant = /\b\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z/g;
