"use server";

import { action } from "#app/_lib/action.ts";
import { unmuteFlag } from "#core/cases/unmute-flag.ts";

const revalidate = ["/staff/detectors", "/staff/accounts/[account]"];

export const unmuteFlagAction = action(unmuteFlag, { as: "staff", revalidate, echo: ["reason"] });
