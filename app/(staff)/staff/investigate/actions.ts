"use server";

import { action } from "#app/_lib/action.ts";
import { removeInvestigation, saveInvestigation } from "#core/investigate/investigation-views.ts";
import { openCaseOf } from "#core/investigate/open-case-of.ts";

const revalidate = ["/staff/investigate"];

export const saveInvestigationAction = action(saveInvestigation, { as: "staff", revalidate, echo: ["name"] });
export const removeInvestigationAction = action(removeInvestigation, { as: "staff", revalidate });
export const openCaseOfAction = action(openCaseOf, {
  ...{ as: "staff", revalidate, echo: ["text"] },
  redirectTo: ({ caseId }) => `/staff/cases/${caseId}`,
});
