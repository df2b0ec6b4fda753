import "server-only";
import { cookies } from "next/headers";
import { decode, encode } from "next-auth/jwt";
import { authSecret } from "#core/runtime/env.ts";
import { isHttps } from "./auth.ts";

/** Makes it another key than the session's, so that neither cookie passes for the other. */
const salt = "token view";
/** As long as the view itself, whose row decides. */
const maxAgeSeconds = 3_600;
const name = () => `${isHttps() ? "__Host-" : ""}gatehouse.token-view`;
const attributes = () => ({ httpOnly: true, sameSite: "lax", secure: isHttps(), path: "/" }) as const;

/** Id of the look at a token that this browser was given; the secret is nowhere in it. */
export async function tokenViewId(): Promise<string | null> {
  const token = (await cookies()).get(name())?.value;
  if (!token) return null;
  const found = await decode({ token, secret: authSecret(), salt }).catch(() => null);
  return found?.sid ?? null;
}

export async function setTokenView(viewId: string): Promise<void> {
  const value = await encode({ token: { sid: viewId }, secret: authSecret(), salt, maxAge: maxAgeSeconds });
  (await cookies()).set(name(), value, { ...attributes(), maxAge: maxAgeSeconds });
}

export async function clearTokenView(): Promise<void> {
  (await cookies()).set(name(), "", { ...attributes(), maxAge: 0 });
}
