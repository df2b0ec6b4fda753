import { z } from "zod";
import { policyDocument, policyVersion } from "#db/schema/policy.ts";
import { endpoint, plan, scope } from "#db/schema/provider.ts";
import { fact } from "../facts/fact.ts";
import { command } from "../frame/define.ts";
import { notifyProvider } from "../frame/outbox.ts";
import { sampleEndpoints, samplePlans, samplePolicy, sampleScopes } from "./sample-provider.ts";

/** Gives an empty installation its scopes, endpoints, plans and policy. Does nothing where a plan exists already. */
export const installSampleProvider = command({
  permission: "provider:install",
  input: z.strictObject({}),
  run: async (ctx) => {
    const [existing] = await ctx.db.select({ id: plan.id }).from(plan).limit(1);
    if (existing) return { installed: false };
    await ctx.db.insert(scope).values(sampleScopes.map((row, position) => ({ ...row, position })));
    await ctx.db.insert(endpoint).values(sampleEndpoints.map((row) => ({ ...row })));
    await ctx.db.insert(plan).values(samplePlans.map((row, position) => ({ ...row, position })));
    const { clauses, ...document } = samplePolicy;
    const [made] = await ctx.db.insert(policyDocument).values(document).returning({ id: policyDocument.id });
    if (made)
      await ctx.db.insert(policyVersion).values({ documentId: made.id, number: 1, effectiveAt: ctx.now, clauses });
    await notifyProvider(ctx);
    return { installed: true };
  },
  happened: (_input, { installed }) =>
    installed ? fact("provider.installed", { subjectId: "sample", accountId: null }) : null,
});
