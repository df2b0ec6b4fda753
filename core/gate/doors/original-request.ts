import type { IncomingHttpHeaders } from "node:http";
import { clientOf } from "../../rules/forwarded.ts";
import { type Networks, parseAddress } from "../../rules/networks.ts";

/** The request a gateway asks about. */
export type OriginalRequest = { method: string; uri: string; ip: string | null };

const methodShape = /^[A-Za-z][A-Za-z-]{0,19}$/;

/**
 * Reads the original request from the gateway's headers; a text says what is wrong with them. Nothing is guessed.
 *
 * nginx: `X-Original-Method`, `X-Original-URI` and `X-Real-IP`, which its configuration sets. Others: `X-Forwarded-Method` and
 * `-Uri` (or the former two), the client from `X-Forwarded-For`. If both pairs come and differ, one of them is the client's.
 */
export function originalRequest(
  headers: IncomingHttpHeaders,
  dialect: "plain" | "nginx",
  trusted: Networks,
): OriginalRequest | string {
  const original = pair(headers, "x-original-method", "x-original-uri");
  const forwarded = dialect === "nginx" ? null : pair(headers, "x-forwarded-method", "x-forwarded-uri");
  if (original && forwarded && (original.method !== forwarded.method || original.uri !== forwarded.uri)) {
    return "X-Forwarded-Method/-Uri and X-Original-Method/-URI contradict each other. Let the gateway remove the pair it does not set.";
  }
  const found = forwarded ?? original;
  if (!found) {
    return dialect === "nginx"
      ? "X-Original-Method and X-Original-URI are missing. Set both in the gateway."
      : "X-Forwarded-Method and X-Forwarded-Uri (or X-Original-Method and X-Original-URI) are missing. Set both in the gateway.";
  }
  if (!methodShape.test(found.method)) return "The original method is not a method.";
  const realIp = dialect === "nginx" ? single(headers["x-real-ip"]) : null;
  const ip = realIp === null ? clientOf(single(headers["x-forwarded-for"]), trusted) : validAddress(realIp);
  return { method: found.method.toUpperCase(), uri: decodeBytes(found.uri), ip };
}

function pair(headers: IncomingHttpHeaders, methodName: string, uriName: string) {
  const method = single(headers[methodName]);
  const uri = single(headers[uriName]);
  return method === null || uri === null ? null : { method, uri };
}

function single(value: string | string[] | undefined): string | null {
  return typeof value === "string" && value !== "" ? value : null;
}

function validAddress(text: string): string | null {
  return parseAddress(text) === null ? null : text;
}

/** node:http gives header bytes as one character each; beyond ASCII they are UTF-8. */
function decodeBytes(text: string): string {
  return /[\x80-\xff]/.test(text) ? Buffer.from(text, "latin1").toString("utf8") : text;
}
