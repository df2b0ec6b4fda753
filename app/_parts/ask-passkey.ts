import type { PublicKeyCredentialRequestOptionsJSON } from "@simplewebauthn/browser";
import type { Action } from "#app/_lib/action.ts";
import { call } from "./use-action-form.ts";

type Begin = Action<{ options: PublicKeyCredentialRequestOptionsJSON }>;

/** Of the browser: the person closed its window, or took too long; it says no more. */
export const notShown = "No passkey was used. Try again, or choose another way.";

/** Asks the browser for a passkey. Its code is loaded now: pages that nobody signs in on by passkey do without it. */
export async function askPasskey(begin: Begin): Promise<{ response: string } | { error: string }> {
  const begun = await call(begin, new FormData());
  if (begun.status === "error") return { error: begun.message };
  try {
    const { startAuthentication } = await import("@simplewebauthn/browser");
    return { response: JSON.stringify(await startAuthentication({ optionsJSON: begun.shown.options })) };
  } catch {
    return { error: notShown };
  }
}
