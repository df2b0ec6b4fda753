"use server";

import { action } from "#app/_lib/action.ts";
import { requestReset } from "#core/auth/request-reset.ts";

/** Says nothing of whether there is such a person. */
export const requestResetAction = action(requestReset, { as: "visitor", echo: ["email"] });
