"use server";

import { action } from "#app/_lib/action.ts";
import { safeNext } from "#app/_lib/landing.ts";
import { findWaysOfAddress } from "#core/single-sign-on/ways-of-address.ts";

/** Looks at the domain of the address only, so it says nothing of whether there is such a person. */
export const findWaysOfAddressAction = action(findWaysOfAddress, {
  as: "visitor",
  echo: ["email"],
  show: ({ domain, ways }) => ({ domain, ways }),
  // Not to the issuer itself: browsers follow a form to no other origin than the page's policy names.
  goOn: ({ domain }, form) =>
    `/sign-in/company?${new URLSearchParams({ domain, next: safeNext(form.get("_next")) ?? "/" })}`,
});
