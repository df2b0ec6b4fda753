import "server-only";
import { cookies } from "next/headers";
import { decode, encode } from "next-auth/jwt";
import { authSecret } from "#core/runtime/env.ts";
import { type Flow, flowLifeMs, flowSchema } from "#core/single-sign-on/flow.ts";
import { isHttps } from "./auth.ts";

declare module "next-auth/jwt" {
  interface JWT {
    /** A sign-in at an issuer that this browser has begun. */
    flow?: unknown;
  }
}

const maxAge = flowLifeMs / 1_000;
/** Makes it another key than the session's, so that neither cookie passes for the other. */
const salt = "single sign-on";
const name = () => `${isHttps() ? "__Host-" : ""}gatehouse.single-sign-on`;
// Lax: the way back from the issuer is a link from elsewhere, and must bring it along.
const options = () => ({ httpOnly: true, sameSite: "lax", secure: isHttps(), path: "/" }) as const;

/** Keeps in this browser what the answer of the issuer must fit. A sign-in that was begun before is over. */
export async function keepFlow(flow: Flow): Promise<void> {
  const value = await encode({ token: { flow }, secret: authSecret(), salt, maxAge });
  (await cookies()).set(name(), value, { ...options(), maxAge });
}

/** Takes it out again; null = this browser has begun none. */
export async function takeFlow(): Promise<Flow | null> {
  const jar = await cookies();
  const token = jar.get(name())?.value;
  if (!token) return null;
  jar.set(name(), "", { ...options(), maxAge: 0 });
  const found = await decode({ token, secret: authSecret(), salt }).catch(() => null);
  return flowSchema.safeParse(found?.flow).data ?? null;
}
