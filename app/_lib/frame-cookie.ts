import "server-only";
import { cookies } from "next/headers";
import { decode, encode } from "next-auth/jwt";
import { hourMs } from "#core/rules/time.ts";
import { authSecret, setting } from "#core/runtime/env.ts";
import { isHttps } from "./auth.ts";

/** Makes it another key than the session's, so that neither cookie passes for the other. */
const salt = "frame";
const name = () => `${isHttps() ? "__Host-" : ""}gatehouse.frame`;

/**
 * The session of a frame in a page of another site. Only sessions that a portal link opened are kept in it. `Partitioned`: it is sent
 * below pages of that one site, and nowhere else. Browsers take it over https, and on localhost.
 */
const attributes = { httpOnly: true, sameSite: "none", secure: true, partitioned: true, path: "/" } as const;

export async function frameSessionId(): Promise<string | null> {
  const token = (await cookies()).get(name())?.value;
  if (!token) return null;
  const found = await decode({ token, secret: authSecret(), salt }).catch(() => null);
  return found?.sid ?? null;
}

export async function setFrameCookie(sessionId: string): Promise<void> {
  // Longer than the session, whose row decides: so that its end can be told from never having been here.
  const maxAge = (24 * hourMs + setting("PORTAL_SESSION_HOURS") * hourMs) / 1_000;
  const value = await encode({ token: { sid: sessionId }, secret: authSecret(), salt, maxAge });
  (await cookies()).set(name(), value, { ...attributes, maxAge });
}

export async function clearFrameCookie(): Promise<void> {
  (await cookies()).set(name(), "", { ...attributes, maxAge: 0 });
}
