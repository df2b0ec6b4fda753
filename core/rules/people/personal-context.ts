/** Parts of addresses that say nothing of whose they are. */
const everywhere = new Set(["com", "org", "net", "www", "example", "localhost", "http", "https"]);

/**
 * The words by which somebody who knows a person would guess first: of their address, name, accounts, the product and the provider. Each
 * text as a whole without its signs, and each of its parts of three characters or more, in lower case.
 */
export function personalContext(texts: readonly string[]): string[] {
  const words = texts.flatMap((text) => {
    const parts = text.toLowerCase().split(/[^\p{L}\p{N}]+/u);
    return [...parts, parts.join("")];
  });
  return [...new Set(words.filter((word) => word.length >= 3 && !everywhere.has(word)))];
}
