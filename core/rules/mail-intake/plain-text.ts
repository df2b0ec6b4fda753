/** Marks of direction turn the text around them, and names of files with them read as others: they go wherever mail is kept. */
const turning = /[\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069]/g;
const unseen = /[^\P{Cc}\t\n]|\p{Cs}/gu;

/** A text from a message as it is kept and shown: one kind of line end, nothing unseen, not longer than `most` characters. */
export function plainText(text: string, most: number): string {
  const cut = text.slice(0, most * 4);
  const plain = cut
    .replace(/\r\n?/g, "\n")
    .replace(turning, "")
    .replace(unseen, "")
    .replace(/\n{4,}/g, "\n\n\n")
    .trim();
  return plain.length > most ? `${plain.slice(0, most - 1).replace(/\p{Cs}$/u, "")}…` : plain;
}

/** The same in one line, as names and subjects are. */
export function plainLine(text: string, most: number): string {
  return plainText(text.slice(0, most * 4).replace(/\s+/g, " "), most);
}

const lineEnding: ReadonlySet<string> = new Set(
  ["br", "p", "div", "tr", "li", "h1", "h2", "h3", "h4", "h5", "h6", "hr", "table", "blockquote", "pre"].flatMap(
    (tag) => [tag, `/${tag}`],
  ),
);
const unread: ReadonlySet<string> = new Set([
  "script",
  "style",
  "head",
  "title",
  "template",
  "noscript",
  "svg",
  "math",
]);

/**
 * The words of an HTML text, tags and what is not read left out. It need not be exact: it is kept and shown as text, and never rendered.
 * Goes through it once.
 */
export function textOfHtml(html: string): string {
  const given = html.slice(0, 1_000_000);
  let text = "";
  let skipping: string | null = null;
  for (let at = 0; at < given.length; ) {
    const open = given.indexOf("<", at);
    if (skipping === null) text += given.slice(at, open < 0 ? given.length : open);
    if (open < 0) break;
    const isComment = given.startsWith("<!--", open);
    const end = isComment ? given.indexOf("-->", open) : given.indexOf(">", open);
    if (end < 0) break;
    const tag = isComment ? "" : (/^<(\/?[a-z0-9]+)/i.exec(given.slice(open, open + 40))?.[1]?.toLowerCase() ?? "");
    if (skipping !== null) {
      if (tag === `/${skipping}`) skipping = null;
    } else if (unread.has(tag)) skipping = tag;
    else if (lineEnding.has(tag)) text += "\n";
    at = end + (isComment ? 3 : 1);
  }
  return text
    .replace(/&(?:#(\d{1,7})|#x([0-9a-f]{1,6})|(amp|lt|gt|quot|apos|nbsp));/gi, (all, decimal, hex, name) =>
      decode(all, decimal, hex, name),
    )
    .replace(/[ \t]+/g, " ")
    .replace(/ ?\n ?/g, "\n");
}

const named: Record<string, string> = { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'", nbsp: " " };

function decode(all: string, decimal?: string, hex?: string, name?: string): string {
  if (name) return named[name.toLowerCase()] ?? all;
  const code = decimal ? Number.parseInt(decimal, 10) : Number.parseInt(hex ?? "", 16);
  return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : "";
}
