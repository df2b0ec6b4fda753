"use server";

import { action } from "#app/_lib/action.ts";
import { archiveIntegration } from "#core/integrations/archive-integration.ts";
import { checkPolicy } from "#core/integrations/check-policy.ts";
import { createIntegration } from "#core/integrations/create-integration.ts";
import { editIntegration } from "#core/integrations/edit-integration.ts";

const revalidate = ["/a/[account]/integrations"];

export const createIntegrationAction = action(createIntegration, { as: "member", revalidate });
export const editIntegrationAction = action(editIntegration, { as: "member", revalidate });
export const archiveIntegrationAction = action(archiveIntegration, { as: "member", revalidate });
export const checkPolicyAction = action(checkPolicy, { as: "member", revalidate });
