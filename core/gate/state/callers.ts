import type { Socket } from "node:net";
import { isLoopback } from "../../rules/networks.ts";
import { tokenKey } from "./token-cache.ts";

/** Who asks the gate: a gateway credential's id, or empty for a caller on the gate's own machine. */
export type Caller = {
  readonly id: string;
  /** Since the last heartbeat; it becomes the credential's last use. */
  isUsed: boolean;
};

/** Gateway credentials that are not revoked, by SHA-256 of the secret (hex). */
export type Callers = ReadonlyMap<string, Caller>;

const local: Caller = { id: "", isUsed: false };

/** On `json` calls Authorization is the caller's; on forwarded ones it is the client's, so that the caller has a header of its own. */
export type Door = "json" | "forwarded";

/** A request as far as it says who asks. */
type Asking = { readonly socket: Socket; readonly rawHeaders: readonly string[] };

/** What a connection showed last: a gateway that keeps its connections open costs one comparison per request. */
type Seen = { callers: Callers; secret: string; caller: Caller | null };
const seen = new WeakMap<object, Seen>();

/**
 * Who this call comes from; null = nobody who may ask, since the gate would tell anyone which tokens exist.
 * While no gateway credential is configured, callers on loopback are accepted and nobody else.
 */
export function identifyCaller(request: Asking, callers: Callers | null, door: Door): Caller | null {
  if (callers === null || callers.size === 0) return isLoopback(request.socket.remoteAddress ?? "") ? local : null;
  const secret = secretOf(request.rawHeaders, door);
  if (secret === null) return null;
  const before = seen.get(request.socket);
  const caller =
    before?.secret === secret && before.callers === callers ? before.caller : (callers.get(tokenKey(secret)) ?? null);
  if (before?.caller !== caller || before?.secret !== secret || before.callers !== callers) {
    seen.set(request.socket, { callers, secret, caller });
  }
  if (caller) caller.isUsed = true;
  return caller;
}

/** Ids of the credentials used since the last time this was asked. */
export function takeUsed(callers: Callers | undefined): string[] {
  const used: string[] = [];
  for (const caller of callers?.values() ?? []) {
    if (!caller.isUsed) continue;
    caller.isUsed = false;
    used.push(caller.id);
  }
  return used;
}

/** The same for a protocol that carries the credential some other way. */
export function callerOfSecret(callers: Callers, secret: string, isLocal: boolean): Caller | null {
  if (callers.size === 0) return isLocal ? local : null;
  const caller = callers.get(tokenKey(secret)) ?? null;
  if (caller) caller.isUsed = true;
  return caller;
}

/**
 * `X-Gate-Key`, or on JSON calls `Authorization: Bearer` or `Basic` (its password: RFC 7662 clients send that).
 * Two headers of the same name give nothing: one of them is not the gateway's.
 */
function secretOf(rawHeaders: readonly string[], door: Door): string | null {
  let key: string | null = null;
  let authorization: string | null = null;
  for (let i = 0; i < rawHeaders.length; i += 2) {
    const name = rawHeaders[i] ?? "";
    if (name.length === 10 && name.toLowerCase() === "x-gate-key") {
      if (key !== null) return null;
      key = rawHeaders[i + 1] ?? "";
    } else if (door === "json" && name.length === 13 && name.toLowerCase() === "authorization") {
      if (authorization !== null) return null;
      authorization = rawHeaders[i + 1] ?? "";
    }
  }
  return key ?? (authorization === null ? null : secretIn(authorization));
}

const scheme = /^(bearer|basic) +(\S+) *$/i;

function secretIn(authorization: string): string | null {
  const match = scheme.exec(authorization);
  if (!match) return null;
  const value = match[2] ?? "";
  if (match[1]?.toLowerCase() === "bearer") return value;
  const pair = Buffer.from(value, "base64").toString("utf8");
  const colon = pair.indexOf(":");
  return colon === -1 ? null : formDecoded(pair.slice(colon + 1));
}

/** RFC 6749 section 2.3.1: id and secret are form-encoded before they become a Basic credential. */
function formDecoded(text: string): string | null {
  try {
    return decodeURIComponent(text.replaceAll("+", " "));
  } catch {
    return null;
  }
}
