import "server-only";
import { cookies } from "next/headers";
import { decode, encode } from "next-auth/jwt";
import { authSecret } from "#core/runtime/env.ts";
import { isHttps } from "./auth.ts";

declare module "next-auth/jwt" {
  interface JWT {
    /** Ids of this browser as a device of people who have signed in with it, by the person's id. */
    devices?: Record<string, string>;
  }
}

const maxAgeSeconds = 180 * 86_400;
/** A browser that more people share remembers the last so many. */
const mostPeople = 8;
/** Makes it another key than the session's, so that neither cookie passes for the other. */
const salt = "device";

const name = () => `${isHttps() ? "__Host-" : ""}gatehouse.device`;

/**
 * The devices that this browser has proven to be. It opens nothing: whoever signs in with one has tries of their own, which nobody else
 * can use up.
 */
export async function provenDevices(): Promise<Record<string, string>> {
  const token = (await cookies()).get(name())?.value;
  if (!token) return {};
  const found = await decode({ token, secret: authSecret(), salt }).catch(() => null);
  return found?.devices ?? {};
}

/** Remembers that a person has signed in with this browser. */
export async function rememberDevice(userId: string): Promise<void> {
  const { [userId]: known = crypto.randomUUID(), ...others } = await provenDevices();
  const devices = Object.fromEntries([[userId, known], ...Object.entries(others).slice(0, mostPeople - 1)]);
  const value = await encode({ token: { devices }, secret: authSecret(), salt, maxAge: maxAgeSeconds });
  (await cookies()).set(name(), value, {
    httpOnly: true,
    sameSite: "lax",
    secure: isHttps(),
    path: "/",
    maxAge: maxAgeSeconds,
  });
}
