/** Reads database columns that arrive as `unknown`. A value that does not fit is an error of the schema, so it throws. */

export function asNumber(value: unknown): number | null {
  if (value === null || value === undefined) return null;
  const number = Number(value);
  if (Number.isNaN(number)) throw new Error(`Expected a number, got ${JSON.stringify(value)}.`);
  return number;
}

/** Epoch milliseconds of a Date or of a timestamp text; `infinity` is no end. */
export function asTimeMs(value: unknown): number | null {
  if (value === null || value === undefined || value === "infinity") return null;
  const time = value instanceof Date ? value.getTime() : Date.parse(String(value).replace(" ", "T"));
  if (Number.isNaN(time)) throw new Error(`Expected a time, got ${JSON.stringify(value)}.`);
  return time;
}

export function asWord<T extends string>(words: readonly T[], value: unknown): T {
  const word = words.find((one) => one === value);
  if (word === undefined) throw new Error(`Expected one of ${words.join(", ")}, got ${JSON.stringify(value)}.`);
  return word;
}

export function asWordOrNull<T extends string>(words: readonly T[], value: unknown): T | null {
  return value === null || value === undefined ? null : asWord(words, value);
}
