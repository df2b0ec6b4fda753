"use server";

import { action } from "#app/_lib/action.ts";
import { keepChallenge, keptChallenge } from "#app/_lib/passkey-cookie.ts";
import { beginPasskeyProof, provePasskey } from "#core/auth/prove-passkey.ts";
import { addPasskey, beginPasskey, beginPasskeyRemoval, removePasskey } from "#core/auth/set-up-passkey.ts";

const revalidate = ["/me", "/me/second-step"];

export const beginPasskeyAction = action(beginPasskey, {
  as: "user",
  after: async (begun) => {
    if (begun.ok) await keepChallenge(begun.challenge);
  },
  show: (begun) => (begun.ok ? { ok: true as const, options: begun.options } : begun),
});
/** The recovery codes go to the browser once, into a dialog's memory and no form's state. */
export const addPasskeyAction = action(addPasskey, {
  as: "user",
  read: keptChallenge,
  show: (added) => (added.ok ? { ok: true as const, codes: added.codes } : added),
});
export const beginPasskeyRemovalAction = action(beginPasskeyRemoval, {
  as: "user",
  after: ({ challenge }) => keepChallenge(challenge),
  show: ({ options }) => ({ options }),
});
export const removePasskeyAction = action(removePasskey, {
  as: "user",
  revalidate,
  read: keptChallenge,
  show: (removed) => (removed.ok ? { ok: true as const } : removed),
});
export const beginPasskeyProofAction = action(beginPasskeyProof, {
  as: "user",
  after: ({ challenge }) => keepChallenge(challenge),
  show: ({ options }) => ({ options }),
});
export const provePasskeyAction = action(provePasskey, {
  as: "user",
  read: keptChallenge,
  show: (proven) => (proven.ok ? { ok: true as const } : proven),
});
