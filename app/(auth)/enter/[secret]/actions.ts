"use server";

import { action } from "#app/_lib/action.ts";
import { enter } from "#app/_lib/enter.ts";
import { safeNext } from "#app/_lib/landing.ts";
import { linkBrowser } from "#app/_lib/link-cookie.ts";
import { enterByLink } from "#core/auth/enter-by-link.ts";

export const enterByLinkAction = action(enterByLink, {
  as: "visitor",
  echo: ["name"],
  read: async () => ({ browser: await linkBrowser() }),
  after: async (result) => {
    if (result.ok) await enter(result);
  },
  show: (result) => (result.ok ? { ok: true as const } : result),
  goOn: (result, form) => (result.ok ? (safeNext(form.get("_next")) ?? "/") : null),
});
