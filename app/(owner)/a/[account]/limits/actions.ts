"use server";

import { action } from "#app/_lib/action.ts";
import { askForLimit } from "#core/limit-requests/ask-for-limit.ts";
import { withdrawLimitRequest } from "#core/limit-requests/withdraw-request.ts";

const revalidate = ["/a/[account]/limits", "/staff/limit-requests"];

export const askForLimitAction = action(askForLimit, {
  as: "member",
  revalidate,
  read: (form) => ({ ...limitIn(form), ...timeIn(form, "startsAt", "_from"), ...timeIn(form, "endsAt", "_to") }),
  echo: ["_limit", "value", "_from", "_to", "reason"],
});
export const withdrawLimitRequestAction = action(withdrawLimitRequest, { as: "member", revalidate });

/** The form has one choice of a limit: `quota`, or the id of an endpoint. */
function limitIn(form: FormData): Record<string, unknown> {
  const limit = form.get("_limit");
  if (typeof limit !== "string" || limit === "") return {};
  return limit === "quota" ? { kind: "quota" } : { kind: "rate_limit", endpointId: limit };
}

/** What a field for date and time sends, read as UTC, which its label says. */
function timeIn(form: FormData, name: string, field: string): Record<string, unknown> {
  const text = form.get(field);
  return typeof text === "string" && text !== "" ? { [name]: `${text.slice(0, 16)}:00Z` } : {};
}
