"use server";

import { action } from "#app/_lib/action.ts";
import { setAllowedNetworks } from "#core/accounts/allowed-networks.ts";
import { renameAccount } from "#core/accounts/rename-account.ts";
import { requestExport } from "#core/exports/request-export.ts";
import { setMyNotifications } from "#core/members/my-notifications.ts";
import { addAccountDomain, checkAccountDomain, removeAccountDomain } from "#core/single-sign-on/account-domains.ts";
import { requireDomainSignIn } from "#core/single-sign-on/require-domain.ts";

const revalidate = ["/a/[account]/settings"];

export const renameAccountAction = action(renameAccount, { as: "member", revalidate, echo: ["name"] });
export const setMyNotificationsAction = action(setMyNotifications, { as: "member", revalidate });
export const requestExportAction = action(requestExport, { as: "member", revalidate });

export const addAccountDomainAction = action(addAccountDomain, { as: "member", revalidate, echo: ["domain"] });
export const checkAccountDomainAction = action(checkAccountDomain, { as: "member", revalidate });
export const removeAccountDomainAction = action(removeAccountDomain, { as: "member", revalidate });
export const requireDomainSignInAction = action(requireDomainSignIn, { as: "member", revalidate });

export const setAllowedNetworksAction = action(setAllowedNetworks, {
  as: "member",
  revalidate,
  echo: ["_networks"],
  // One per line, which a page without script can send.
  read: (form) => {
    const text = form.get("_networks");
    return typeof text === "string" ? { allowedNetworks: linesOf(text) } : {};
  },
});

function linesOf(text: string): string[] {
  return text
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "");
}
