"use server";

import { action } from "#app/_lib/action.ts";
import { changeEndpoint, createEndpoint } from "#core/provider/change-endpoint.ts";
import { changePlan, createPlan, setPlanLimit } from "#core/provider/change-plan.ts";
import { importOpenapi } from "#core/provider/import-openapi.ts";
import { changePathRules } from "#core/provider/path-rules.ts";
import { previewOpenapi } from "#core/provider/preview-openapi.ts";

const revalidate = ["/staff/limits"];

export const createPlanAction = action(createPlan, { as: "staff", revalidate });
export const changePlanAction = action(changePlan, { as: "staff", revalidate });
export const setPlanLimitAction = action(setPlanLimit, { as: "staff", revalidate });
export const createEndpointAction = action(createEndpoint, { as: "staff", revalidate });
export const changeEndpointAction = action(changeEndpoint, { as: "staff", revalidate });
export const changePathRulesAction = action(changePathRules, { as: "staff", revalidate });
export const previewOpenapiAction = action(previewOpenapi, { as: "staff", show: (difference) => difference });
export const importOpenapiAction = action(importOpenapi, {
  as: "staff",
  revalidate,
  show: ({ added, changed }) => ({ added: added.length, changed: changed.length }),
});
