import "server-only";
import { cookies } from "next/headers";
import { decode, encode } from "next-auth/jwt";
import { type Challenge, challengeLifeMs } from "#core/auth/passkey-challenge.ts";
import { authSecret } from "#core/runtime/env.ts";
import { isHttps } from "./auth.ts";

declare module "next-auth/jwt" {
  interface JWT {
    /** What this browser's passkeys were asked to sign. */
    challenge?: unknown;
  }
}

const maxAge = challengeLifeMs / 1_000;
/** Makes it another key than the session's, so that neither cookie passes for the other. */
const salt = "passkey";
const name = () => `${isHttps() ? "__Host-" : ""}gatehouse.passkey`;
const options = () => ({ httpOnly: true, sameSite: "strict", secure: isHttps(), path: "/" }) as const;

/** Keeps a challenge in the browser that asked for it; one that waited before is over. */
export async function keepChallenge(challenge: Challenge): Promise<void> {
  const value = await encode({ token: { challenge }, secret: authSecret(), salt, maxAge });
  (await cookies()).set(name(), value, { ...options(), maxAge });
}

/** For the answer: what the browser keeps. That it is used once is up to the use case. */
export async function keptChallenge(): Promise<{ challenge: unknown }> {
  const token = (await cookies()).get(name())?.value;
  const found = token ? await decode({ token, secret: authSecret(), salt }).catch(() => null) : null;
  return { challenge: found?.challenge ?? null };
}
