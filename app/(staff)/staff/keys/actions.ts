"use server";

import { action } from "#app/_lib/action.ts";
import { createKey } from "#core/staff-keys/create-key.ts";
import { revokeKey } from "#core/staff-keys/revoke-key.ts";
import { unpauseKey } from "#core/staff-keys/unpause-key.ts";

const revalidate = ["/staff/keys"];

/** The key goes to the browser once, into a dialog's memory and no form's state. */
export const createKeyAction = action(createKey, {
  as: "staff",
  revalidate,
  show: ({ name, secret }) => ({ name, secret }),
});
export const unpauseKeyAction = action(unpauseKey, { as: "staff", revalidate });
export const revokeKeyAction = action(revokeKey, { as: "staff", revalidate });
