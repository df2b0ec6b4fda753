import { type NextRequest, NextResponse } from "next/server";
import { env } from "#core/runtime/env.ts";

const isDev = env().NODE_ENV === "development";
const isHttps = env().PUBLIC_URL.startsWith("https://");

const embedOrigins = env().PORTAL_EMBED_ORIGINS.join(" ");

/** Who may frame a page: the provider's product an account's pages and the way into them, if it is listed; nobody anything else. */
function frameAncestors(path: string): string {
  return embedOrigins !== "" && /^\/(a|portal)(\/|$)/.test(path) ? embedOrigins : "'none'";
}

/** The content security policy of one page. Only scripts that carry this request's nonce run. */
function contentSecurityPolicy(nonce: string, path: string): string {
  const directives = [
    "default-src 'self'",
    // React's development build rebuilds server stack traces with eval.
    `script-src 'self' 'nonce-${nonce}' 'strict-dynamic'${isDev ? " 'unsafe-eval'" : ""}`,
    // Charts and popovers place themselves with style attributes, which no nonce can cover.
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data:",
    "font-src 'self'",
    "connect-src 'self'",
    "object-src 'none'",
    "base-uri 'none'",
    `frame-ancestors ${frameAncestors(path)}`,
    "form-action 'self'",
  ];
  if (isHttps) directives.push("upgrade-insecure-requests");
  return directives.join("; ");
}

/**
 * Gives each request its id and nonce, and each answer its security headers. It decides nothing about who may see
 * what: that is asked beside the data.
 */
export function proxy(request: NextRequest): NextResponse {
  const nonce = Buffer.from(crypto.getRandomValues(new Uint8Array(16))).toString("base64");
  const csp = contentSecurityPolicy(nonce, request.nextUrl.pathname);
  // Ids and nonces sent by the client are overwritten: logs and audit rows rely on them being ours.
  const requestId = crypto.randomUUID();

  const headers = new Headers(request.headers);
  headers.set("x-nonce", nonce);
  headers.set("x-request-id", requestId);
  headers.set("content-security-policy", csp);
  // For coming back after signing in; a page cannot see its own address otherwise.
  headers.set("x-path", request.nextUrl.pathname + request.nextUrl.search);

  const response = NextResponse.next({ request: { headers } });
  response.headers.set("content-security-policy", csp);
  response.headers.set("x-request-id", requestId);
  response.headers.set("x-content-type-options", "nosniff");
  response.headers.set("referrer-policy", "same-origin");
  response.headers.set("permissions-policy", "camera=(), geolocation=(), microphone=(), payment=(), usb=()");
  response.headers.set("cross-origin-opener-policy", "same-origin");
  response.headers.set("cross-origin-resource-policy", "same-origin");
  if (isHttps) response.headers.set("strict-transport-security", "max-age=63072000; includeSubDomains");
  return response;
}

export const config = {
  // Hashed build files carry no page and need no nonce.
  matcher: ["/((?!_next/static/).*)"],
};
