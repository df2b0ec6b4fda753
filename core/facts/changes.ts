import { z } from "zod";

/** Fields that are different now, each with what it was and what it is, as JSON has them. */
export type Changes = Record<string, { before: unknown; after: unknown }>;

/** The data of a fact that says that something changed: beside what names the subject, the fields that differ. */
export const change = z.looseObject({
  changes: z.record(z.string(), z.strictObject({ before: z.unknown(), after: z.unknown() })),
});

/**
 * `{ capPerDay: { before: 5000, after: null } }`: the fields of `was` that are different in `is`. Times become texts; the order of a
 * list of texts means nothing. A field that `is` does not name has not changed.
 */
export function changesBetween(was: Record<string, unknown>, is: Record<string, unknown>): Changes {
  return Object.fromEntries(
    Object.keys(was)
      .filter((field) => is[field] !== undefined)
      .map((field) => [field, { before: plain(was[field]), after: plain(is[field]) }] as const)
      .filter(([, { before, after }]) => JSON.stringify(before) !== JSON.stringify(after)),
  );
}

function plain(value: unknown): unknown {
  if (value instanceof Date) return value.toISOString();
  if (Array.isArray(value) && value.every((one) => typeof one === "string")) return value.toSorted();
  return value ?? null;
}
