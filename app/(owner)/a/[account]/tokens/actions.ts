"use server";

import { action } from "#app/_lib/action.ts";
import { createToken } from "#core/tokens/create-token.ts";
import { pauseToken } from "#core/tokens/pause-token.ts";
import { renameToken } from "#core/tokens/rename-token.ts";
import { revokeToken } from "#core/tokens/revoke-token.ts";
import { unpauseToken } from "#core/tokens/unpause-token.ts";

const revalidate = ["/a/[account]/tokens"];

/** The secret goes to the browser once, into a dialog's memory and no form's state. */
export const createTokenAction = action(createToken, {
  as: "member",
  revalidate,
  show: ({ name, secret }) => ({ name, secret }),
});
export const pauseTokenAction = action(pauseToken, { as: "member", revalidate });
export const unpauseTokenAction = action(unpauseToken, { as: "member", revalidate });
export const renameTokenAction = action(renameToken, { as: "member", revalidate });
export const revokeTokenAction = action(revokeToken, { as: "member", revalidate });
