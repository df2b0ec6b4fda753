/** Characters of a request target; nginx and Node stop at 8 to 16 kB. */
export const maxPathLength = 8192;
const maxSegments = 128;

/** Nothing to decode, merge or refuse: the common case is answered without building a string. */
const isPlain = /^(?:\/[A-Za-z0-9_~!$&'()*+,;=:@{}[\]|^`"<>\\-][A-Za-z0-9._~!$&'()*+,;=:@{}[\]|^`"<>\\-]*)+$/;

/**
 * The path of a request target as the API behind the gate will see it; null = no server should answer it.
 *
 * The query and fragment are cut, `%XX` is decoded once (as nginx does, `%2f` included), `//` is merged, `.` and `..` are
 * resolved, and one slash at the end is ignored. Null for: a target that does not begin with `/` (after `http://host`), a
 * broken or `%00`-like escape, a control character, `..` above the root, more than 8192 characters or 128 segments.
 * Characters beyond ASCII become their UTF-8 bytes, one character each, however they were written.
 */
export function normalizePath(rawUri: string): string | null {
  if (rawUri.length > maxPathLength) return null;
  const path = pathPart(rawUri);
  if (path === null) return null;
  if (isPlain.test(path)) return countSegments(path) > maxSegments ? null : path;
  const decoded = decodeOnce(path);
  return decoded === null ? null : resolveSegments(decoded);
}

function pathPart(rawUri: string): string | null {
  let from = 0;
  if (!rawUri.startsWith("/")) {
    const authority = /^https?:\/\/[^/?#]+/i.exec(rawUri);
    if (authority === null) return null;
    from = authority[0].length;
    if (from === rawUri.length) return "/";
  }
  let end = from;
  while (end < rawUri.length && rawUri[end] !== "?" && rawUri[end] !== "#") end++;
  const path = rawUri.slice(from, end);
  return path === "" ? "/" : path;
}

function decodeOnce(path: string): string | null {
  let out = "";
  for (let i = 0; i < path.length; i++) {
    let code = path.codePointAt(i) ?? 0;
    if (code > 0xffff) i++;
    if (code === 0x25) {
      const hex = path.slice(i + 1, i + 3);
      if (!/^[0-9A-Fa-f]{2}$/.test(hex)) return null;
      code = Number.parseInt(hex, 16);
      i += 2;
      out += String.fromCharCode(code);
    } else {
      out += code < 0x80 ? String.fromCharCode(code) : utf8(code);
    }
    if (code < 0x20 || code === 0x7f) return null;
  }
  return out;
}

/** The UTF-8 bytes of one code point (RFC 3629), one character each; half a surrogate pair becomes U+FFFD. */
function utf8(code: number): string {
  if (code >= 0xd800 && code <= 0xdfff) return "\u00ef\u00bf\u00bd";
  const tail = (shift: number) => 0x80 | ((code >> shift) & 0x3f);
  if (code < 0x800) return String.fromCharCode(0xc0 | (code >> 6), tail(0));
  if (code < 0x10000) return String.fromCharCode(0xe0 | (code >> 12), tail(6), tail(0));
  return String.fromCharCode(0xf0 | (code >> 18), tail(12), tail(6), tail(0));
}

function resolveSegments(path: string): string | null {
  const kept: string[] = [];
  const segments = path.split("/");
  if (segments.length > maxSegments * 2) return null;
  for (const segment of segments) {
    if (segment === "" || segment === ".") continue;
    if (segment !== "..") kept.push(segment);
    else if (kept.pop() === undefined) return null;
  }
  return kept.length > maxSegments ? null : `/${kept.join("/")}`;
}

function countSegments(path: string): number {
  let count = 0;
  for (let i = 0; i < path.length; i++) if (path.charCodeAt(i) === 0x2f) count++;
  return count;
}
