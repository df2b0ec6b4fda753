"use server";

import { action } from "#app/_lib/action.ts";
import { enterByLink } from "#app/_lib/enter.ts";
import { enterByPortal } from "#core/portal/enter-by-portal.ts";

export const enterByPortalAction = action(enterByPortal, {
  as: "visitor",
  after: enterByLink,
  show: ({ landing }) => ({ landing }),
  goOn: ({ landing }) => landing,
});
