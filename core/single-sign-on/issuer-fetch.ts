import { parseNetworkList } from "../rules/networks.ts";
import { issuerNetworks } from "../runtime/env.ts";
import { guardedRequest } from "../runtime/guarded-request.ts";

/** The issuer gave no answer, or said that it cannot now. */
export class IssuerAway extends Error {}

const timeoutMs = 5_000;
/** Discovery documents and key sets have some kilobytes. */
const longestAnswer = 256 * 1_024;

type Asked = { method?: string; headers?: HeadersInit; body?: unknown };

/**
 * `fetch` for what is asked of an issuer: guarded like every outgoing request, so that no answer leads into a private network, and
 * bounded in time and size. Redirects are answers, not followed. Throws `IssuerAway`.
 */
export async function issuerFetch(url: string, { method = "GET", headers, body }: Asked): Promise<Response> {
  if (method !== "GET" && method !== "POST") throw new Error(`An issuer is not asked by ${method}.`);
  const sent = await guardedRequest(
    url,
    {
      method,
      headers: Object.fromEntries(new Headers(headers)),
      timeoutMs,
      longestAnswer,
      ...(body === undefined || body === null ? {} : { body: String(body) }),
    },
    issuerNetworksAllowed(),
  );
  if (sent.error !== null) throw new IssuerAway(sent.error);
  if (sent.status >= 500 || sent.status === 429) throw new IssuerAway(`HTTP ${sent.status}`);
  if (sent.isCut) throw new Error("The answer is too long.");
  const isEmpty = sent.status === 204 || sent.status === 304;
  return new Response(isEmpty ? null : sent.answer, {
    status: sent.status,
    headers: sent.contentType === null ? {} : { "content-type": sent.contentType },
  });
}

export const issuerNetworksAllowed = () => parseNetworkList(issuerNetworks());
