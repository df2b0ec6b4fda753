import { z } from "zod";
import { archiveIntegration } from "../../integrations/archive-integration.ts";
import { checkPolicy } from "../../integrations/check-policy.ts";
import { createIntegration } from "../../integrations/create-integration.ts";
import { editIntegration } from "../../integrations/edit-integration.ts";
import { listIntegrations } from "../../integrations/list-integrations.ts";
import { policyStates } from "../../rules/privacy-policy.ts";
import { operation } from "../operation.ts";
import { count, exampleIds, instant, uuid } from "../shapes.ts";

const tag = "Integrations";
const input = {
  name: "Newsletter",
  purpose: "Sends the weekly newsletter.",
  contactEmail: "privacy@example.com",
  privacyPolicyUrl: "https://example.com/privacy",
  dataCollected: ["names", "email_addresses"],
};

export const integrationOperations = [
  operation({
    id: "integrations.list",
    method: "GET",
    path: "/integrations",
    tag,
    summary: "List integrations",
    useCase: listIntegrations,
    output: z.object({
      id: uuid,
      name: z.string(),
      purpose: z.string(),
      contactEmail: z.string(),
      privacyPolicyUrl: z.string().nullable(),
      dataCollected: z.array(z.string()),
      isPolicyMissing: z.boolean(),
      policyState: z.enum(policyStates),
      policyCheckedAt: instant.nullable().describe("The page is checked daily, and hourly while it cannot be reached."),
      policyProblem: z.string().nullable(),
      policyFailingSince: instant.nullable(),
      isPolicyBeingChecked: z.boolean(),
      tokens: count,
      lastUsedAt: instant.nullable(),
      createdAt: instant,
      archivedAt: instant.nullable(),
      version: count,
    }),
    list: { items: (rows) => rows, key: (row: { id: string }) => row.id },
    example: {
      output: {
        id: exampleIds.flag,
        ...input,
        isPolicyMissing: false,
        policyState: "reachable",
        policyCheckedAt: "2026-11-24T09:00:00.000Z",
        policyProblem: null,
        policyFailingSince: null,
        isPolicyBeingChecked: false,
        tokens: 2,
        lastUsedAt: "2026-11-24T10:15:00.000Z",
        createdAt: "2026-10-01T08:00:00.000Z",
        archivedAt: null,
        version: 1,
      },
    },
  }),
  operation({
    id: "integrations.create",
    method: "POST",
    path: "/integrations",
    tag,
    summary: "Register an integration",
    useCase: createIntegration,
    status: 201,
    output: z.object({ id: uuid }),
    example: { input, output: { id: exampleIds.flag } },
  }),
  operation({
    id: "integrations.update",
    method: "PUT",
    path: "/integrations/{integrationId}",
    tag,
    summary: "Change an integration",
    useCase: editIntegration,
    isReplacing: true,
    status: 204,
    output: null,
    example: { input, output: null },
  }),
  operation({
    id: "integrations.checkPolicy",
    method: "POST",
    path: "/integrations/{integrationId}/check-policy",
    tag,
    summary: "Check the privacy policy now",
    description: "The result appears in the list a few seconds later.",
    useCase: checkPolicy,
    status: 204,
    output: null,
    example: { output: null },
  }),
  operation({
    id: "integrations.archive",
    method: "POST",
    path: "/integrations/{integrationId}/archive",
    tag,
    summary: "Archive an integration that is no longer in use",
    useCase: archiveIntegration,
    status: 204,
    output: null,
    example: { output: null },
  }),
];
