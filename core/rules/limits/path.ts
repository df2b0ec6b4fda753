/** Characters of a path, without its query; nginx and Node stop at 8 to 16 kB. */
export const maxPathLength = 8192;
const maxSegments = 128;

/** How the provider's servers read paths. */
export type PathRules = {
  /** True: `/V1/email` is another path than `/v1/email`. Express and most routers say it is not. */
  matchesCase: boolean;
  /** True: `%2F` is a character of its segment (RFC 3986). False: it is refused, since some servers read it as a slash. */
  allowsEncodedSlash: boolean;
};

export const defaultPathRules: PathRules = { matchesCase: false, allowsEncodedSlash: false };

/**
 * How a path reads. Bytes beyond ASCII are one character each; an encoded slash that is allowed stays `%2F`.
 * `path` is decoded and has no empty segments. `asSent` is the reading of servers that compare without decoding what needs no encoding,
 * and do not merge `//`; null = the same.
 */
export type PathReading = { path: string; asSent: string | null };

/** RFC 3986 pchar, without `%` and without `;`, which some servers cut off with what follows. */
const plain = "A-Za-z0-9_~!$&'()*+,=:@-";
/** Nothing to decode, merge or refuse: the common case is answered without building a string. */
const isPlain = new RegExp(`^(?:/[${plain}][.${plain}]*)+$`);
/** The `%2F` of a reading is an encoded slash already. */
const needsEncoding = new RegExp(`%(?!2F)|[^%/.${plain}]`, "g");
const needsNoEncoding = new RegExp(`^[.${plain}]$`);

/** The path of a request target, without query; null = it has none. Its length is what `maxPathLength` bounds. */
export function pathOf(target: string): string | null {
  let from = 0;
  if (!target.startsWith("/")) {
    const authority = /^https?:\/\/[^/?#]+/i.exec(target);
    if (authority === null) return null;
    from = authority[0].length;
  }
  const query = target.indexOf("?", from);
  const path = target.slice(from, query === -1 ? target.length : query);
  return path === "" ? "/" : path;
}

/** Whether the path of a target is longer than any server behind the gate need answer. */
export function isPathTooLong(target: string): boolean {
  return target.length > maxPathLength && (pathOf(target)?.length ?? 0) > maxPathLength;
}

/**
 * Reads the path of a request target. `ambiguous` where servers are known to read it differently, so that the gate could decide about
 * one route and the API run another: `.` and `..`, `\`, `;`, `#`, control characters, `%2F`, an escape inside an escape, broken escapes,
 * bytes that are not UTF-8; however they are encoded. Null: no path, longer than `maxPathLength`, or more than 128 segments.
 */
export function readPath(target: string, rules: PathRules): PathReading | "ambiguous" | null {
  const path = pathOf(target);
  if (path === null || path.length > maxPathLength) return null;
  if (isPlain.test(path)) return countSegments(path) > maxSegments ? null : { path, asSent: null };
  const decoded = decode(path, rules);
  if (decoded === null) return "ambiguous";
  const segments = decoded.path.split("/").slice(1);
  if (segments.some((segment) => segment === "." || segment === "..")) return "ambiguous";
  const kept = segments.filter((segment) => segment !== "");
  if (kept.length > maxSegments) return null;
  const isMerged = segments.slice(0, -1).includes("");
  return { path: `/${kept.join("/")}`, asSent: isMerged || decoded.asSent !== decoded.path ? decoded.asSent : null };
}

/** The path as a request target that every server reads alike, in ASCII. */
export function spellPath({ path }: PathReading): string {
  return path.replace(needsEncoding, (char) => `%${char.charCodeAt(0).toString(16).toUpperCase().padStart(2, "0")}`);
}

/** Null = ambiguous. */
function decode(path: string, rules: PathRules): { path: string; asSent: string } | null {
  let out = "";
  let asSent = "";
  for (let i = 0; i < path.length; i++) {
    const code = path.codePointAt(i) ?? 0;
    if (code > 0xffff) i++;
    if (code !== 0x25) {
      if (isUnclear(code) || code === 0x20 || code === 0x23 || code === 0x3b) return null;
      const text = code < 0x80 ? String.fromCharCode(code) : utf8(code);
      out += text;
      asSent += text;
      continue;
    }
    const hex = path.slice(i + 1, i + 3);
    if (!/^[0-9A-Fa-f]{2}$/.test(hex)) return null;
    const byte = Number.parseInt(hex, 16);
    const isDouble = byte === 0x25 && /^[0-9A-Fa-f]{2}/.test(path.slice(i + 3));
    if (isDouble || isUnclear(byte) || (byte === 0x2f && !rules.allowsEncodedSlash)) return null;
    i += 2;
    const char = byte === 0x2f ? "%2F" : String.fromCharCode(byte);
    out += char;
    asSent += needsNoEncoding.test(char) ? `%${hex.toUpperCase()}` : char;
  }
  return isUtf8(out) ? { path: out, asSent } : null;
}

/** Control characters and the backslash, which Windows servers read as a slash. U+FFFD stands for bytes that were not UTF-8. */
function isUnclear(code: number): boolean {
  return code < 0x20 || code === 0x7f || code === 0x5c || code === 0xfffd;
}

const strict = new TextDecoder("utf-8", { fatal: true });

function isUtf8(bytes: string): boolean {
  if (!/[\x80-\xff]/.test(bytes)) return true;
  try {
    strict.decode(Buffer.from(bytes, "latin1"));
    return true;
  } catch {
    return false;
  }
}

/** The UTF-8 bytes of one code point (RFC 3629), one character each. Half a surrogate pair gives bytes that are not UTF-8. */
function utf8(code: number): string {
  const tail = (shift: number) => 0x80 | ((code >> shift) & 0x3f);
  if (code < 0x800) return String.fromCharCode(0xc0 | (code >> 6), tail(0));
  if (code < 0x10000) return String.fromCharCode(0xe0 | (code >> 12), tail(6), tail(0));
  return String.fromCharCode(0xf0 | (code >> 18), tail(12), tail(6), tail(0));
}

function countSegments(path: string): number {
  let count = 0;
  for (let i = 0; i < path.length; i++) if (path.charCodeAt(i) === 0x2f) count++;
  return count;
}
