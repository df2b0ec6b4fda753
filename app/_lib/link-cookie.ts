import "server-only";
import { randomBytes } from "node:crypto";
import { cookies } from "next/headers";
import { isHttps } from "./auth.ts";

/** A little longer than a sign-in link works, so that an old one is said to be over and not to be another browser's. */
const maxAgeSeconds = 30 * 60;
const name = () => `${isHttps() ? "__Host-" : ""}gatehouse.link`;

/** The secret of the browser that asked for a sign-in link; empty = it has not asked. */
export async function linkBrowser(): Promise<string> {
  return (await cookies()).get(name())?.value ?? "";
}

/** The same, or a new one for a browser that asks for the first time: a second link works beside the first. */
export async function linkBrowserOrNew(): Promise<string> {
  return (await linkBrowser()) || randomBytes(32).toString("base64url");
}

export async function setLinkBrowser(secret: string): Promise<void> {
  (await cookies()).set(name(), secret, {
    httpOnly: true,
    // Lax: the link comes from a mail program.
    sameSite: "lax",
    secure: isHttps(),
    path: "/",
    maxAge: maxAgeSeconds,
  });
}
