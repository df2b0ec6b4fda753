import "server-only";
import { cookies } from "next/headers";
import type { NextAuthOptions } from "next-auth";
import { decode, encode } from "next-auth/jwt";
import CredentialsProvider from "next-auth/providers/credentials";
import { env } from "#core/runtime/env.ts";

declare module "next-auth/jwt" {
  interface JWT {
    /** Id of the session row, which is read on every request. */
    sid?: string;
  }
}
declare module "next-auth" {
  interface Session {
    sid?: string;
  }
}

/** Longest life of the cookie; the session row behind it decides. Seconds. */
const maxAge = 14 * 86_400;

function secret(): string {
  const value = env().AUTH_SECRET;
  if (!value) throw new Error("Configuration: AUTH_SECRET is required, at least 32 characters.");
  return value;
}

/**
 * The cookie is an encrypted JWT that holds the session's id and nothing else. Signing in by e-mail and password goes through
 * the server action of the sign-in page; the provider here only refuses, so that there is one door to throttle.
 */
export function authOptions(): NextAuthOptions {
  return {
    secret: secret(),
    session: { strategy: "jwt", maxAge },
    pages: { signIn: "/sign-in" },
    providers: [CredentialsProvider({ credentials: {}, authorize: () => null })],
    callbacks: {
      session: ({ session, token }) => {
        if (token.sid !== undefined) session.sid = token.sid;
        return session;
      },
    },
  };
}

const isHttps = () => env().PUBLIC_URL.startsWith("https://");

/** next-auth's own cookie name, so that it reads what is written here. */
export function sessionCookieName(): string {
  return isHttps() ? "__Secure-next-auth.session-token" : "next-auth.session-token";
}

/**
 * The session's id in next-auth's cookie; null when there is none, or it is not ours or too old. next-auth's own reader seals the
 * cookie anew on every page for a longer life, which the session's row decides here.
 */
export async function sessionIdIn(cookie: string | undefined): Promise<string | null> {
  if (!cookie) return null;
  const token = await decode({ token: cookie, secret: secret() }).catch(() => null);
  return token?.sid ?? null;
}

/** Hands the browser its session. A new id at every sign-in, so a fixed one is worthless. */
export async function setSessionCookie(sessionId: string, userId: string): Promise<void> {
  const value = await encode({ token: { sub: userId, sid: sessionId }, secret: secret(), maxAge });
  (await cookies()).set(sessionCookieName(), value, {
    httpOnly: true,
    sameSite: "lax",
    secure: isHttps(),
    path: "/",
    maxAge,
  });
}

export async function clearSessionCookie(): Promise<void> {
  (await cookies()).delete(sessionCookieName());
}
