import "server-only";
import { cookies } from "next/headers";
import { decode, encode } from "next-auth/jwt";
import { env, sessionLives } from "#core/runtime/env.ts";

declare module "next-auth/jwt" {
  interface JWT {
    /** Id of the session row, which is read on every request. */
    sid?: string;
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
  if (!cookie) return null;
  const token = await decode({ token: cookie, secret: secret() }).catch(() => null);
  return token?.sid ?? null;
}

/** Hands the browser its session. A new id at every sign-in, so a fixed one is worthless. */
export async function setSessionCookie(sessionId: string, userId: string): Promise<void> {
  const value = await encode({ token: { sub: userId, sid: sessionId }, secret: secret(), maxAge: maxAge() });
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
