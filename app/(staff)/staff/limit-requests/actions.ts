"use server";

import { action } from "#app/_lib/action.ts";
import { declineLimitRequest } from "#core/limit-requests/decline-request.ts";
import { grantLimitRequest } from "#core/limit-requests/grant-request.ts";

const revalidate = ["/staff/limit-requests", "/staff/accounts/[account]"];

export const grantLimitRequestAction = action(grantLimitRequest, {
  as: "staff",
  revalidate,
  echo: ["value", "days", "answer"],
});
export const declineLimitRequestAction = action(declineLimitRequest, { as: "staff", revalidate, echo: ["answer"] });
