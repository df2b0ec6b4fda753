import { z } from "zod";
import { changeEndpoint, createEndpoint } from "../../provider/change-endpoint.ts";
import { changePlan, createPlan, setPlanLimit } from "../../provider/change-plan.ts";
import { getLimits } from "../../provider/get-limits.ts";
import { changePathRules, getPathRules } from "../../provider/path-rules.ts";
import { operation } from "../operation.ts";
import { count, endpointExample, endpointShape } from "../shapes.ts";

const tag = "Staff: limits";
const version = count;
const pathRulesShape = z.object({
  matchesCase: z.boolean().describe("`/V1/email` is another path than `/v1/email`."),
  allowsEncodedSlash: z.boolean().describe("`%2F` is part of an id."),
  version,
});

export const limitOperations = [
  operation({
    id: "staff.limits.get",
    method: "GET",
    path: "/staff/limits",
    tag,
    summary: "Plans and endpoints with their limits",
    useCase: getLimits,
    output: z.object({
      plans: z.array(
        z.object({
          id: count,
          name: z.string(),
          quotaPerDay: count.nullable(),
          accounts: count,
          version,
          limits: z.array(z.object({ endpointId: count, endpointName: z.string(), rateLimit: count })),
        }),
      ),
      endpoints: z.array(endpointShape.extend({ recipientsPerCall: count, isDenied: z.boolean(), version })),
    }),
    example: {
      output: {
        plans: [
          {
            id: 2,
            name: "Starter",
            quotaPerDay: 100_000,
            accounts: 12,
            version: 1,
            limits: [{ endpointId: 1, endpointName: "email.send", rateLimit: 60 }],
          },
        ],
        endpoints: [{ ...endpointExample, recipientsPerCall: 1, isDenied: false, version: 3 }],
      },
    },
  }),
  operation({
    id: "staff.pathRules.get",
    method: "GET",
    path: "/staff/path-rules",
    tag,
    summary: "How the API's servers read paths",
    useCase: getPathRules,
    output: pathRulesShape,
    example: { output: { matchesCase: false, allowsEncodedSlash: false, version: 1 } },
  }),
  operation({
    id: "staff.pathRules.replace",
    method: "PUT",
    path: "/staff/path-rules",
    tag,
    summary: "Say how the API's servers read paths",
    description:
      "By default case does not matter and an encoded slash (`%2F`) is refused as `ambiguous_path`. Takes effect on the next request.",
    useCase: changePathRules,
    isReplacing: true,
    status: 204,
    output: null,
    example: { input: { version: 1, matchesCase: false, allowsEncodedSlash: true }, output: null },
  }),
  operation({
    id: "staff.plans.create",
    method: "POST",
    path: "/staff/plans",
    tag,
    summary: "Add a plan",
    useCase: createPlan,
    status: 201,
    output: z.object({ planId: count, quotaPerDay: count.nullable() }),
    example: { input: { name: "Scale", quotaPerDay: 1_000_000 }, output: { planId: 6, quotaPerDay: 1_000_000 } },
  }),
  operation({
    id: "staff.plans.update",
    method: "PUT",
    path: "/staff/plans/{planId}",
    tag,
    summary: "Change a plan's name and quota",
    useCase: changePlan,
    isReplacing: true,
    status: 204,
    output: null,
    example: { input: { version: 1, name: "Scale", quotaPerDay: 2_000_000 }, output: null },
  }),
  operation({
    id: "staff.plans.limit",
    method: "PUT",
    path: "/staff/plans/{planId}/limits/{endpointId}",
    tag,
    summary: "Give a plan its own rate limit on an endpoint",
    description: "With `rateLimit` null the endpoint's default applies again.",
    useCase: setPlanLimit,
    isReplacing: true,
    status: 204,
    output: null,
    example: { input: { version: 1, rateLimit: 240 }, output: null },
  }),
  operation({
    id: "staff.endpoints.create",
    method: "POST",
    path: "/staff/endpoints",
    tag,
    summary: "Register an endpoint",
    useCase: createEndpoint,
    status: 201,
    output: z.object({ endpointId: count }),
    example: {
      input: {
        name: "domains.verify",
        surface: "http",
        method: "POST",
        path: "/v1/domains/{id}/verify",
        rateLimit: 30,
        scope: "domains:write",
      },
      output: { endpointId: 17 },
    },
  }),
  operation({
    id: "staff.endpoints.update",
    method: "PUT",
    path: "/staff/endpoints/{endpointId}",
    tag,
    summary: "Change an endpoint's limit, cost and scope",
    description:
      "Names every field, null for none. With `isDenied` it is refused for everyone. Takes effect on the next request.",
    useCase: changeEndpoint,
    isReplacing: true,
    status: 204,
    output: null,
    example: {
      input: {
        version: 3,
        rateLimit: 60,
        windowSeconds: 60,
        cost: 1,
        recipientsPerCall: 1,
        scope: "email:send",
        isDenied: false,
      },
      output: null,
    },
  }),
];
