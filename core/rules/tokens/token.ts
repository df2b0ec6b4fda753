/** Format of Gatehouse's own tokens: `gth_` + 32 base62 characters (190 bits) + 6 base62 characters of CRC32 over what stands before. */

export const tokenPrefixes = { client: "gth_", staff: "gths_", gateway: "gthg_" } as const;
export type TokenKind = keyof typeof tokenPrefixes;

/** Characters. A longer text is refused before anything else is looked at. */
export const maxTokenLength = 512;

const alphabet = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
const secretLength = 32;
const checksumLength = 6;

/** Bytes from here on are thrown away: 248 is the last multiple of 62 in a byte, so each character is equally likely. */
const rejectFrom = 248;

/**
 * Makes a new token text. `random` gives that many bytes from a cryptographically secure source.
 * The text is a secret: show it once and keep only its hash and `tokenPreview`.
 */
export function mintToken(kind: TokenKind, random: (bytes: number) => Uint8Array): string {
  let body: string = tokenPrefixes[kind];
  const wanted = body.length + secretLength;
  while (body.length < wanted) {
    for (const byte of random(wanted - body.length)) {
      if (byte < rejectFrom) body += alphabet.charAt(byte % 62);
    }
  }
  return body + checksum(body);
}

export type TokenFormat = { ok: true; kind: TokenKind | "foreign" } | { ok: false };

/**
 * Tells, without looking anything up, whether a text can be a token.
 * With one of our prefixes the length and the checksum must be right. Any other text may be a token imported in its
 * provider's own format, so it passes when it is 1 to 512 characters of printable ASCII without spaces.
 */
export function checkTokenFormat(text: string): TokenFormat {
  if (text.length === 0 || text.length > maxTokenLength) return { ok: false };
  const kind = kindOf(text);
  if (kind === null) return isPrintable(text) ? { ok: true, kind: "foreign" } : { ok: false };
  const bodyLength = tokenPrefixes[kind].length + secretLength;
  if (text.length !== bodyLength + checksumLength) return { ok: false };
  return hasRightChecksum(text, tokenPrefixes[kind].length, bodyLength) ? { ok: true, kind } : { ok: false };
}

/** The only part of a token that may be shown again: `gth_…a1B2`. A foreign token shows its last 4 characters, if it has 12 or more. */
export function tokenPreview(text: string): string {
  const kind = kindOf(text);
  const prefix = kind === null ? "" : tokenPrefixes[kind];
  const tail = text.length >= prefix.length + 12 ? text.slice(-4) : "";
  return `${prefix}…${tail}`;
}

function kindOf(text: string): TokenKind | null {
  if (!text.startsWith("gth")) return null;
  if (text.startsWith(tokenPrefixes.client)) return "client";
  if (text.startsWith(tokenPrefixes.staff)) return "staff";
  return text.startsWith(tokenPrefixes.gateway) ? "gateway" : null;
}

function isPrintable(text: string): boolean {
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code < 0x21 || code > 0x7e) return false;
  }
  return true;
}

/** Compares digit by digit, without building a text: this runs on every request. Only base62 may stand after the prefix. */
function hasRightChecksum(text: string, bodyStart: number, bodyLength: number): boolean {
  let crc = 0xffffffff;
  for (let i = 0; i < bodyLength; i++) {
    const code = text.charCodeAt(i);
    if (i >= bodyStart && digitOf(code) < 0) return false;
    crc = (crc >>> 8) ^ (crcTable[(crc ^ code) & 0xff] ?? 0);
  }
  let given = 0;
  for (let i = bodyLength; i < bodyLength + checksumLength; i++) {
    const digit = digitOf(text.charCodeAt(i));
    if (digit < 0) return false;
    given = given * 62 + digit;
  }
  return given === (crc ^ 0xffffffff) >>> 0;
}

/** A table, since nothing predicts which branch a random character takes. −1 = not base62. */
function digitOf(code: number): number {
  return digitOfCode[code] ?? -1;
}

const digitOfCode = Int8Array.from({ length: 128 }, (_, code) => alphabet.indexOf(String.fromCharCode(code)));

/** Six base62 digits hold every CRC32: 62^6 > 2^32. */
function checksum(body: string): string {
  let rest = crc32(body);
  let digits = "";
  for (let i = 0; i < checksumLength; i++) {
    digits = alphabet.charAt(rest % 62) + digits;
    rest = Math.floor(rest / 62);
  }
  return digits;
}

/** CRC-32 as in zlib and PNG (polynomial 0xEDB88320), over the low byte of each character. Unsigned. */
export function crc32(text: string): number {
  let crc = 0xffffffff;
  for (let i = 0; i < text.length; i++) {
    crc = (crc >>> 8) ^ (crcTable[(crc ^ text.charCodeAt(i)) & 0xff] ?? 0);
  }
  return (crc ^ 0xffffffff) >>> 0;
}

const crcTable = Uint32Array.from({ length: 256 }, (_, byte) => {
  let value = byte;
  for (let bit = 0; bit < 8; bit++) value = value & 1 ? (value >>> 1) ^ 0xedb88320 : value >>> 1;
  return value;
});
