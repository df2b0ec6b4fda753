import { findLimit, type LimitName } from "../../rules/limits/catalogue.ts";
import { uuidPattern } from "../../rules/uuid.ts";
import { type DecisionCode, decisionCodes, type Surface, surfaces } from "../../rules/vocabulary.ts";

/** One decision as the journal keeps it. */
export type JournalRecord = {
  /** Epoch milliseconds. */
  atMs: number;
  code: DecisionCode;
  surface: Surface;
  /** Null = the token names no account. */
  accountId: string | null;
  tokenId: string | null;
  /** Which secret of a token that has had several; null = its only one. */
  secretId: string | null;
  /** 0 = no endpoint matched. */
  endpointId: number;
  /** Cost taken from limits and quota; 0 for refusals. */
  spent: number;
  /** Of an allowed request whose caller told; null = not told. */
  recipients: number | null;
  ip: string | null;
  userAgent: string | null;
  /** Which gateway asked; empty = a caller on loopback. */
  caller: string;
  requestId: string | null;
  refusal: JournalRefusal | null;
};

export type JournalRefusal = {
  receipt: string;
  method: string | null;
  path: string | null;
  /** `cost` = what the request would have taken from it. */
  limiter: { name: LimitName; limit: number; used: number; windowSeconds: number; cost: number } | null;
  retryAfterSeconds: number | null;
  missingScope: string | null;
  /** SHA-256 (hex) of what was sent and names no account, to count distinct ones and to know the same request again; null = nothing was. */
  tokenKey: string | null;
};

export const maxUserAgentLength = 256;
export const maxPathKept = 1024;

/** With a secret's id, which stands after the mark, a line is of the second version. */
const version = "1";
const versionWithSecret = "2";
const fieldCount = 12;
const refusalFieldCount = 7;
const maxInt = 2_147_483_647;
/** A time outside 2000 to 2100 is damage: the tables could hold it, but nobody would find it. */
const oldestMs = Date.UTC(2000, 0, 1);
const newestMs = Date.UTC(2100, 0, 1);

/**
 * One line of ASCII, fields separated by tabs, an empty field for null. The first field is the version. Texts that a client
 * chose are cut and escaped.
 */
export function encodeRecord(record: JournalRecord): string {
  const { refusal, secretId, recipients } = record;
  const spent = recipients === null ? record.spent : `${record.spent}:${recipients}`;
  const mark = secretId === null ? version : `${versionWithSecret}\t${secretId}`;
  const head = `${mark}\t${record.atMs}\t${record.code}\t${record.surface}\t${record.accountId ?? ""}\t${record.tokenId ?? ""}\t${record.endpointId}\t${spent}\t${escaped(record.ip, 64)}\t${escaped(record.userAgent, maxUserAgentLength)}\t${record.caller}\t${escaped(record.requestId, 128)}`;
  if (refusal === null) return `${head}\n`;
  const { limiter } = refusal;
  const cost = limiter === null || limiter.cost === 1 ? "" : `:${limiter.cost}`;
  const limit = limiter ? `${limiter.name}:${limiter.limit}:${limiter.used}:${limiter.windowSeconds}${cost}` : "";
  return `${head}\t${refusal.receipt}\t${escaped(refusal.method, 32)}\t${escaped(refusal.path, maxPathKept)}\t${limit}\t${refusal.retryAfterSeconds ?? ""}\t${escaped(refusal.missingScope, 128)}\t${refusal.tokenKey ?? ""}\n`;
}

/** Null = not a record of a version this program knows, or damaged. Takes the line without its end. */
export function decodeRecord(line: string): JournalRecord | null {
  const fields = line.split("\t");
  let secretId: string | null = null;
  if (fields[0] === versionWithSecret) {
    [secretId = null] = fields.splice(0, 2, version).slice(1);
    if (secretId === null || !uuidPattern.test(secretId)) return null;
  }
  const [mark, at, code, surface, accountId, tokenId, endpointId, spent, ip, userAgent, caller, requestId] = fields;
  if (mark !== version || (fields.length !== fieldCount && fields.length !== fieldCount + refusalFieldCount))
    return null;
  const knownCode = decisionCodes.find((one) => one === code);
  const knownSurface = surfaces.find((one) => one === surface);
  // Lines of earlier versions, and most of this one's, tell no recipients.
  const [spentPart, recipientsPart] = (spent ?? "").split(":");
  const numbers = [whole(at), whole(endpointId), whole(spentPart)] as const;
  const recipients = recipientsPart === undefined ? null : whole(recipientsPart);
  if (recipientsPart !== undefined && recipients === null) return null;
  if (!knownCode || !knownSurface || !isId(accountId) || !isId(tokenId)) return null;
  const [atMs, endpoint, cost] = numbers;
  if (atMs === null || atMs < oldestMs || atMs > newestMs) return null;
  if (endpoint === null || endpoint > maxInt || cost === null) return null;
  const refusal = fields.length === fieldCount ? null : decodeRefusal(fields.slice(fieldCount));
  if ((knownCode === "allowed") !== (refusal === null)) return null;
  return {
    atMs,
    code: knownCode,
    surface: knownSurface,
    accountId: accountId || null,
    tokenId: tokenId || null,
    secretId,
    endpointId: endpoint,
    spent: cost,
    recipients,
    ip: unescaped(ip),
    userAgent: unescaped(userAgent),
    caller: caller ?? "",
    requestId: unescaped(requestId),
    refusal,
  };
}

function decodeRefusal(fields: readonly string[]): JournalRefusal | null {
  const [receipt, method, path, limiter, retryAfter, missingScope, tokenKey] = fields;
  if (!receipt) return null;
  return {
    receipt,
    method: unescaped(method),
    path: unescaped(path),
    limiter: decodeLimiter(limiter ?? ""),
    retryAfterSeconds: retryAfter ? Math.min(whole(retryAfter) ?? 0, maxInt) : null,
    missingScope: unescaped(missingScope),
    tokenKey: tokenKey || null,
  };
}

function decodeLimiter(text: string): JournalRefusal["limiter"] {
  // Without a cost it is 1; versions that know of none read the rest.
  const [name, limit, used, windowSeconds, cost = "1"] = text.split(":");
  const known = findLimit(name ?? "");
  const [l, u, w, c] = [whole(limit), whole(used), whole(windowSeconds), whole(cost)];
  if (!known || l === null || u === null || w === null || c === null) return null;
  return { name: known.name, limit: l, used: u, windowSeconds: w, cost: c };
}

const special = /[^\x20-\x5b\x5d-\x7e]/;
const specials = /[^\x20-\x5b\x5d-\x7e]/g;
const escapes = /\\u([0-9a-f]{4})/g;

/** Printable ASCII stands as it is; every other UTF-16 unit, and the backslash, as `\uXXXX`. So no text can break its line. */
function escaped(text: string | null, max: number): string {
  if (text === null) return "";
  const cut = text.length > max ? text.slice(0, max) : text;
  if (!special.test(cut)) return cut;
  return cut.replace(specials, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`);
}

/** Control characters and half surrogate pairs, which Postgres or UTF-8 cannot hold, come back as U+FFFD. */
function unescaped(text: string | undefined): string | null {
  if (!text) return null;
  if (!text.includes("\\")) return text;
  const restored = text.replace(escapes, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
  return restored.replace(/\p{Cc}|\p{Cs}/gu, "\ufffd");
}

function whole(text: string | undefined): number | null {
  if (text === undefined || !/^\d{1,16}$/.test(text)) return null;
  return Number(text);
}

function isId(text: string | undefined): boolean {
  return text === "" || (text !== undefined && uuidPattern.test(text));
}
