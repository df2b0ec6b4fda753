"use server";

import { action } from "#app/_lib/action.ts";
import { safeNext } from "#app/_lib/landing.ts";
import { linkBrowserOrNew, setLinkBrowser } from "#app/_lib/link-cookie.ts";
import { requestSignInLink } from "#core/auth/request-sign-in-link.ts";

/** Says nothing of whether there is such a person. */
export const requestSignInLinkAction = action(requestSignInLink, {
  as: "visitor",
  echo: ["email"],
  read: async (form) => ({ browser: await linkBrowserOrNew(), next: safeNext(form.get("_next")) }),
  after: ({ browser }) => setLinkBrowser(browser),
});
