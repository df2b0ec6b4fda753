/** JSON in ASCII: other characters as `\uXXXX`. Its length in characters is its length in bytes, and it needs no encoding. */
export function asciiJson(value: unknown): string {
  return JSON.stringify(value).replace(
    /[\u007f-\uffff]/g,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}
