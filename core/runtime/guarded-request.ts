import { lookup as resolve } from "node:dns/promises";
import { request as overHttp } from "node:http";
import { request as overHttps } from "node:https";
import { isIP, type LookupFunction } from "node:net";
import * as words from "#words/words.ts";
import { isInNetworks, isPublicAddress, type Networks } from "../rules/networks.ts";

export type Outgoing = {
  method: "GET" | "POST";
  headers: Record<string, string>;
  body?: string;
  timeoutMs: number;
  /** Characters of the answer that are kept; 1,000 unless given. */
  longestAnswer?: number;
};

type Answered = {
  status: number;
  answer: string;
  /** Whether there was more than was kept. */
  isCut: boolean;
  contentType: string | null;
  /** Whether it came from an address that is not public, as the operator allows. */
  isPrivate: boolean;
  retryAfterSeconds: number | null;
  location: string | null;
};

export type Sent =
  | (Answered & { error: null; isTimeout: false; durationMs: number })
  | {
      status: null;
      answer: "";
      isCut: false;
      contentType: null;
      isPrivate: false;
      retryAfterSeconds: null;
      location: null;
      error: string;
      isTimeout: boolean;
      durationMs: number;
    };

/**
 * Calls an address that a customer has given. The address that is connected to is the one that was checked: private, local and
 * reserved networks are refused unless allowed, also behind a name that points there. Redirects are answers, not followed.
 * Never throws.
 */
export async function guardedRequest(url: string, outgoing: Outgoing, allowed: Networks): Promise<Sent> {
  const startedAt = performance.now();
  const took = () => Math.round(performance.now() - startedAt);
  try {
    const answered = await exchange(new URL(url), outgoing, allowed);
    return { ...answered, error: null, isTimeout: false, durationMs: took() };
  } catch (error) {
    const isTimeout = error instanceof Error && error.name === "TimeoutError";
    const reason = isTimeout ? words.errors.noAnswerWithin(outgoing.timeoutMs / 1000) : reasonOf(error);
    const none = { status: null, answer: "", isCut: false, contentType: null, isPrivate: false } as const;
    return {
      ...none,
      retryAfterSeconds: null,
      location: null,
      error: reason.slice(0, 300),
      isTimeout,
      durationMs: took(),
    };
  }
}

/** Where every address of a name failed, the error of all has no text of its own. */
function reasonOf(error: unknown): string {
  if (error instanceof AggregateError && error.message === "") return reasonOf(error.errors[0]);
  return error instanceof Error ? error.message : String(error);
}

function exchange(
  target: URL,
  { method, headers, body, timeoutMs, longestAnswer = 1_000 }: Outgoing,
  allowed: Networks,
): Promise<Answered> {
  const isPlain = target.protocol === "http:";
  const host = target.hostname.replace(/^\[|\]$/g, "");
  if (isIP(host) !== 0) refuseForbidden(host, isPlain, allowed);
  const checkedLookup: LookupFunction = (name, options, callback) => {
    resolve(name, { ...options, all: true }).then(
      (found) => {
        const usable = found.filter(({ address }) => mayReach(address, isPlain, allowed));
        const [first] = usable;
        if (!first) return callback(new Error(forbidden(found[0]?.address ?? name, isPlain)), "", 0);
        return options.all ? callback(null, usable) : callback(null, first.address, first.family);
      },
      (error: NodeJS.ErrnoException) => callback(error, "", 0),
    );
  };
  const signal = AbortSignal.timeout(timeoutMs);
  return new Promise((done, fail) => {
    const start = isPlain ? overHttp : overHttps;
    const sending = start(target, {
      method,
      headers: body === undefined ? headers : { ...headers, "content-length": Buffer.byteLength(body) },
      lookup: checkedLookup,
      signal,
      agent: false,
    });
    const failed = (error: Error) => fail(signal.aborted ? signal.reason : error);
    sending.on("error", failed);
    sending.on("response", (response) => {
      let answer = "";
      const from = response.socket.remoteAddress ?? "";
      const retryAfter = Number(response.headers["retry-after"]);
      const finish = () =>
        done({
          status: response.statusCode ?? 0,
          answer: answer.slice(0, longestAnswer),
          isCut: answer.length > longestAnswer,
          contentType: response.headers["content-type"] ?? null,
          isPrivate: !isPublicAddress(from),
          location: response.headers.location ?? null,
          retryAfterSeconds: Number.isInteger(retryAfter) && retryAfter > 0 ? retryAfter : null,
        });
      response.setEncoding("utf8");
      response.on("data", (text: string) => {
        answer += text;
        if (answer.length <= longestAnswer) return;
        finish();
        // It may go on for ever; what is kept is there.
        response.destroy();
      });
      response.on("end", finish);
      response.on("error", failed);
    });
    sending.end(body);
  });
}

/** Why such an address is refused whatever its name leads to, to be said when it is entered; null = it may be reachable. */
export function whyNeverReached(url: string, allowed: Networks): string | null {
  const { protocol, hostname } = new URL(url);
  const host = hostname.replace(/^\[|\]$/g, "");
  if (protocol === "http:" && allowed.length === 0) return words.errors.useHttps;
  const address = /^(.+\.)?localhost\.?$/.test(host) ? "127.0.0.1" : host;
  return isIP(address) === 0 || mayReach(address, protocol === "http:", allowed)
    ? null
    : words.errors.hostNotPublic(host);
}

function refuseForbidden(address: string, isPlain: boolean, allowed: Networks): void {
  if (!mayReach(address, isPlain, allowed)) throw new Error(forbidden(address, isPlain));
}

function forbidden(address: string, isPlain: boolean): string {
  return isPlain ? words.errors.addressNotAllowed(address) : words.errors.addressNotPublic(address);
}

/** Public addresses by https; what the operator allows, by either. */
function mayReach(address: string, isPlain: boolean, allowed: Networks): boolean {
  if (isInNetworks(allowed, address)) return true;
  return !isPlain && isPublicAddress(address);
}
