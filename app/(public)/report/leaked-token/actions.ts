"use server";

import { action } from "#app/_lib/action.ts";
import { reportLeak } from "#core/leaks/report-leak.ts";

/** Says nothing of what was found: whether a token exists is nobody's business. */
export const reportLeakAction = action(reportLeak, { as: "visitor" });
