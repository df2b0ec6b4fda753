"use server";

import { action } from "#app/_lib/action.ts";
import { setTokenView } from "#app/_lib/token-view-cookie.ts";
import { openTokenView } from "#core/tokens/open-token-view.ts";

/** The token itself is given back to nobody, not even to the form it was typed into. */
export const openTokenViewAction = action(openTokenView, {
  as: "visitor",
  after: ({ viewId }) => setTokenView(viewId),
  goOn: () => "/token",
});
