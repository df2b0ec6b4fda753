"use server";

import { plainAction } from "#app/_lib/action.ts";
import { clearTokenView } from "#app/_lib/token-view-cookie.ts";
import { endTokenView } from "#core/tokens/end-token-view.ts";

export const endTokenViewAction = plainAction(endTokenView, {
  as: "token",
  after: clearTokenView,
  redirectTo: () => "/sign-in/token",
});
