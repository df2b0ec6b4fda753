/** A text as LIKE and ILIKE take it literally: its `%`, `_` and `\` mean themselves. */
export function escapeLike(text: string): string {
  return text.replaceAll(/[%_\\]/g, "\\$&");
}
