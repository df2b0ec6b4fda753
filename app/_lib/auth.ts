import "server-only";
import { cookies } from "next/headers";
import { decode, encode } from "next-auth/jwt";
import { env, sessionLives } from "#core/runtime/env.ts";

declare module "next-auth/jwt" {
  interface JWT {
    /** Id of the session row, which is read on every request. */
    sid?: string;
    /** The session came from the provider's product, so that who has no password is not sent to the sign-in page when it is over. */
    portal?: true;
  }
}

/** Longest life of the cookie, in seconds; the session's row behind it decides. */
const maxAge = () => sessionLives().member.longestMs / 1_000;

function secret(): string {
  const value = env().AUTH_SECRET;
  if (!value) throw new Error("Configuration: AUTH_SECRET is required, at least 32 characters.");
  return value;
}

export const isHttps = () => env().PUBLIC_URL.startsWith("https://");

/**
 * The cookie is next-auth's encrypted JWT. It holds the session's id and nothing else. `__Host-`: no other host of the domain can set
 * or read it.
 */
export function sessionCookieName(): string {
  return isHttps() ? "__Host-next-auth.session-token" : "next-auth.session-token";
}

/**
 * The session's id in the cookie; null when there is none, or it is not ours or too old. next-auth's own reader would extend the
 * cookie on every page; here the session's row decides how long it lives.
 */
export async function sessionIdIn(cookie: string | undefined): Promise<string | null> {
  return (await tokenIn(cookie))?.sid ?? null;
}

/** Whether the browser's session, which may be over, came from the provider's product. */
export async function cameByPortal(): Promise<boolean> {
  return (await tokenIn((await cookies()).get(sessionCookieName())?.value))?.portal === true;
}

async function tokenIn(cookie: string | undefined) {
  if (!cookie) return null;
  return decode({ token: cookie, secret: secret() }).catch(() => null);
}

/** Hands the browser its session. A new id at every sign-in, so a fixed one is worthless. */
export async function setSessionCookie(
  sessionId: string,
  userId: string,
  { isPortal = false }: { isPortal?: boolean } = {},
): Promise<void> {
  const token = { sub: userId, sid: sessionId, ...(isPortal ? { portal: true as const } : {}) };
  const value = await encode({ token, secret: secret(), maxAge: maxAge() });
  (await cookies()).set(sessionCookieName(), value, {
    httpOnly: true,
    sameSite: "lax",
    secure: isHttps(),
    path: "/",
    maxAge: maxAge(),
  });
}

export async function clearSessionCookie(): Promise<void> {
  // A browser takes no change of a `__Host-` cookie without Secure and Path.
  (await cookies()).set(sessionCookieName(), "", { httpOnly: true, secure: isHttps(), path: "/", maxAge: 0 });
}
