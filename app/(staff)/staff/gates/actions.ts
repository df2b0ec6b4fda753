"use server";

import { action } from "#app/_lib/action.ts";
import { createCredential } from "#core/gateways/create-credential.ts";
import { revokeCredential } from "#core/gateways/revoke-credential.ts";

const revalidate = ["/staff/gates"];

/** The secret goes to the browser once, into a dialog's memory and no form's state. */
export const createCredentialAction = action(createCredential, {
  as: "staff",
  revalidate,
  show: ({ name, secret }) => ({ name, secret }),
  echo: ["name"],
});
export const revokeCredentialAction = action(revokeCredential, { as: "staff", revalidate });
