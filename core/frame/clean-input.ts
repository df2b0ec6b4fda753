/** Embeddings, overrides and isolates: they turn the order of what stands around a text, and nobody sees them. */
const turning = /[\u202A-\u202E\u2066-\u2069]/g;
/** Control characters that are neither a tab nor the end of a line, and halves of characters. Postgres does not even store some. */
const unseen = /[^\P{Cc}\t\n\r]|\p{Cs}/u;

/** No input of ours is as deep; what is deeper is left for its schema to refuse, before the stack ends. */
const deepest = 64;

/**
 * An input as every use case takes it: without characters that turn the text around them (they come along when people copy, and can
 * make a row of the audit log read as another), and with the paths of the texts that hold what no keyboard types.
 */
export function cleanInput(raw: unknown): { cleaned: unknown; withUnseen: string[] } {
  const withUnseen: string[] = [];
  const clean = (value: unknown, path: readonly string[]): unknown => {
    if (typeof value === "string") {
      if (hasUnseen(value)) withUnseen.push(path.join("."));
      return value.replace(turning, "");
    }
    if (path.length === deepest) return value;
    if (Array.isArray(value)) return value.map((one, index) => clean(one, [...path, String(index)]));
    if (!isPlain(value)) return value;
    return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, clean(one, [...path, key])]));
  };
  return { cleaned: clean(raw, []), withUnseen };
}

/** Whether a text holds what no keyboard types. */
export function hasUnseen(text: string): boolean {
  return unseen.test(text);
}

function isPlain(value: unknown): value is Record<string, unknown> {
  if (typeof value !== "object" || value === null) return false;
  const prototype = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}
