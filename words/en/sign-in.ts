import type { SecretStop } from "../../core/rules/tokens/secret-stop.ts";
import type { SessionWay } from "../../core/rules/vocabulary.ts";
import { errors } from "./errors.ts";
import { duration } from "./numbers.ts";

/** How a person came in, in lists of sessions. */
export const sessionWays: Record<SessionWay, string> = {
  password: "Password",
  passkey: "Passkey",
  single_sign_on: "Single sign-on",
  email_link: "E-mail link",
  portal: "Provider's portal",
};

export const passkeyNotMade = "No passkey was made. Try again, or use another device.";
export const passkeyOnDevice = "This device has a passkey for you already.";

export type PasskeyRefusal =
  | { ok: false; reason: "wrong" | "over" | "busy" }
  | { ok: false; reason: "issuer_only"; ways: readonly { id: string; name: string }[] };

/** Why a passkey was not accepted, and what to do. */
export function passkeyRefused(refusal: PasskeyRefusal): string {
  switch (refusal.reason) {
    case "wrong":
      return "This passkey does not sign anybody in here. Use another one, or another way.";
    case "over":
      return "The passkey's answer did not fit, or took longer than 5 minutes. Try again.";
    case "busy":
      return "Too many sign-ins from your network. Wait a few minutes and try again.";
    case "issuer_only":
      return `Sign in through ${namesOf(refusal.ways)}: your passkey does not open anything here.`;
  }
}

const namesOf = (ways: readonly { name: string }[]) => ways.map(({ name }) => name).join(" or ");

export type PasswordRefusal =
  | { ok: false; reason: "issuer_only"; ways: readonly { name: string }[] }
  | { ok: false; reason: "wrong" | "code_required" | "wrong_code" }
  | { ok: false; reason: "throttled"; retryAfterSeconds: number };

/** Why a password was not accepted, and what to do. */
export function passwordRefused(refusal: PasswordRefusal): string {
  switch (refusal.reason) {
    case "throttled":
      return `Too many attempts. Wait ${duration(refusal.retryAfterSeconds)} and try again.`;
    case "code_required":
      return "Enter the code your authenticator app shows, or a recovery code.";
    case "wrong_code":
      return "This code is wrong or was already used. Enter the one your app shows now.";
    case "issuer_only":
      return `Sign in through ${namesOf(refusal.ways)}: your password does not open anything here.`;
    case "wrong":
      return "This password is not correct.";
  }
}

/** Why a token's secret does not work now, to whoever has it. */
export function secretStopped(stop: SecretStop): string {
  const said: Record<SecretStop, string> = {
    replaced: errors.secretReplaced,
    revoked: errors.tokenIs("revoked"),
    expired: errors.tokenIs("expired"),
    paused: errors.tokenPaused,
    closed: errors.accountClosedToTokens,
    address: errors.tokenAddress,
    account_address: errors.accountAddress,
    paused_by_provider: errors.tokenPausedByProvider,
  };
  return said[stop];
}

/** Of the mail after a reset: which passkeys went, and which still sign in. */
export function passkeysAfter({ removed, kept }: { removed: string[]; kept: string[] }): string {
  const gone = removed.length > 0 ? ` Your passkeys were removed: ${removed.join(", ")}.` : "";
  return kept.length > 0
    ? `${gone} These passkeys still sign you in: ${kept.join(", ")}. Remove any that you do not know.`
    : gone;
}
