import "server-only";
import { publicUrl } from "#core/runtime/env.ts";
import { safeNext } from "./landing.ts";

/** For a link to a file that needs a fresh proof: leads the browser to the page that asks, and from there back to where the link was. */
export function proveFirst(request: Request): Response {
  const from = request.headers.get("referer");
  const next = from && URL.canParse(from) ? safeNext(new URL(from).pathname) : null;
  const location = `${publicUrl()}/me/prove?${new URLSearchParams(next ? { next } : {})}`;
  return new Response(null, { status: 303, headers: { location, "cache-control": "no-store" } });
}
