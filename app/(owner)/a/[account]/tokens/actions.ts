"use server";

import { action } from "#app/_lib/action.ts";
import { capToken } from "#core/tokens/cap-token.ts";
import { createToken } from "#core/tokens/create-token.ts";
import { dropScopes } from "#core/tokens/drop-scopes.ts";
import { editToken } from "#core/tokens/edit-token.ts";
import { extendOverlap, retireSecret } from "#core/tokens/move-retirement.ts";
import { pauseToken } from "#core/tokens/pause-token.ts";
import { renameToken } from "#core/tokens/rename-token.ts";
import { revokeToken } from "#core/tokens/revoke-token.ts";
import { rotateToken } from "#core/tokens/rotate-token.ts";
import { unpauseToken } from "#core/tokens/unpause-token.ts";
import { readTokenForm } from "./read-token-form.ts";
import { tokenFieldNames } from "./token-fields.ts";

const revalidate = ["/a/[account]/tokens", "/a/[account]/tokens/[token]"];

/** The secret goes to the browser once, into a dialog's memory and no form's state. */
export const createTokenAction = action(createToken, {
  as: "member",
  revalidate,
  read: readTokenForm,
  echo: tokenFieldNames,
  show: ({ name, secret }) => ({ name, secret }),
});
export const rotateTokenAction = action(rotateToken, {
  as: "member",
  revalidate,
  show: ({ name, secret }) => ({ name, secret }),
});
export const editTokenAction = action(editToken, { as: "member", revalidate, read: readTokenForm });
export const capTokenAction = action(capToken, { as: "member", revalidate: [...revalidate, "/a/[account]"] });
export const dropScopesAction = action(dropScopes, { as: "member", revalidate });
export const extendOverlapAction = action(extendOverlap, { as: "member", revalidate });
export const retireSecretAction = action(retireSecret, { as: "member", revalidate });
export const pauseTokenAction = action(pauseToken, { as: "member", revalidate });
export const unpauseTokenAction = action(unpauseToken, { as: "member", revalidate });
export const renameTokenAction = action(renameToken, { as: "member", revalidate });
export const revokeTokenAction = action(revokeToken, { as: "member", revalidate });
