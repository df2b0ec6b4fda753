"use server";

import { action } from "#app/_lib/action.ts";
import { renameAccount } from "#core/accounts/rename-account.ts";
import { requestExport } from "#core/exports/request-export.ts";
import { setMyNotifications } from "#core/members/my-notifications.ts";

const revalidate = ["/a/[account]/settings"];

export const renameAccountAction = action(renameAccount, { as: "member", revalidate, echo: ["name"] });
export const setMyNotificationsAction = action(setMyNotifications, { as: "member", revalidate });
export const requestExportAction = action(requestExport, { as: "member", revalidate });
