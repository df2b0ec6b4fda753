import { lookup as resolve } from "node:dns/promises";
import { request as overHttp } from "node:http";
import { request as overHttps } from "node:https";
import { isIP, type LookupFunction } from "node:net";
import { isInNetworks, type Networks, parseAddress } from "../gate/networks.ts";

export const timeoutMs = 15_000;
const longestAnswer = 1_000;

export type Sent =
  | { status: number; answer: string; retryAfterSeconds: number | null; error: null; durationMs: number }
  | { status: null; answer: ""; retryAfterSeconds: null; error: string; durationMs: number };

/**
 * Posts a body to a receiver's address. The address that is connected to is the one that was checked: private, local and reserved
 * networks are refused unless allowed, also behind a name that points there. Redirects are answers, not followed. Never throws.
 */
export async function sendRequest(
  url: string,
  body: string,
  headers: Record<string, string>,
  allowed: Networks,
): Promise<Sent> {
  const startedAt = performance.now();
  const took = () => Math.round(performance.now() - startedAt);
  try {
    const answered = await post(new URL(url), body, headers, allowed);
    return { ...answered, error: null, durationMs: took() };
  } catch (error) {
    const reason = error instanceof Error ? (error.name === "TimeoutError" ? timedOut : error.message) : String(error);
    return { status: null, answer: "", retryAfterSeconds: null, error: reason.slice(0, 300), durationMs: took() };
  }
}

const timedOut = `No answer within ${timeoutMs / 1000} s.`;

function post(target: URL, body: string, headers: Record<string, string>, allowed: Networks) {
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
  return new Promise<{ status: number; answer: string; retryAfterSeconds: number | null }>((done, fail) => {
    const start = isPlain ? overHttp : overHttps;
    const sending = start(target, {
      method: "POST",
      headers: { ...headers, "content-length": Buffer.byteLength(body) },
      lookup: checkedLookup,
      signal,
      agent: false,
    });
    const failed = (error: Error) => fail(signal.aborted ? signal.reason : error);
    sending.on("error", failed);
    sending.on("response", (response) => {
      let answer = "";
      const retryAfter = Number(response.headers["retry-after"]);
      const finish = () =>
        done({
          status: response.statusCode ?? 0,
          answer: answer.slice(0, longestAnswer),
          retryAfterSeconds: Number.isInteger(retryAfter) && retryAfter > 0 ? retryAfter : null,
        });
      response.setEncoding("utf8");
      response.on("data", (text: string) => {
        answer += text;
        if (answer.length < longestAnswer) return;
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

function refuseForbidden(address: string, isPlain: boolean, allowed: Networks): void {
  if (!mayReach(address, isPlain, allowed)) throw new Error(forbidden(address, isPlain));
}

function forbidden(address: string, isPlain: boolean): string {
  return isPlain
    ? `${address} is not in an allowed network, and elsewhere only https is used.`
    : `${address} is not a public address.`;
}

/** Public addresses by https; what the operator allows, by either. */
function mayReach(address: string, isPlain: boolean, allowed: Networks): boolean {
  if (isInNetworks(allowed, address)) return true;
  const parsed = parseAddress(address);
  return !isPlain && parsed !== null && parsed.range() === "unicast";
}
