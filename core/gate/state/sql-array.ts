/**
 * Postgres array literals for batches of thousands of rows: the driver's own arrays cost more than the counting.
 * To be cast through text: `${numbers(list)}::text::int[]`.
 */

/** Of numbers, ids and words of closed lists: nothing in them needs quoting. */
export function plainArray<T>(list: readonly T[], of: (one: T) => string | number | null): string {
  let text = "{";
  for (let i = 0; i < list.length; i++) {
    const one = list[i];
    if (one === undefined) continue;
    text += `${i === 0 ? "" : ","}${of(one) ?? "NULL"}`;
  }
  return `${text}}`;
}

/** Of any text. */
export function textArray<T>(list: readonly T[], of: (one: T) => string | null): string {
  return plainArray(list, (one) => {
    const text = of(one);
    return text === null ? null : `"${text.replace(/["\\]/g, "\\$&")}"`;
  });
}
