import { asc } from "drizzle-orm";
import { z } from "zod";
import { plan } from "#db/schema/provider.ts";
import { query } from "../frame/define.ts";

/** The plans of this provider in their order, for forms and filters. */
export const listPlans = query({
  permission: "provider:read",
  input: z.strictObject({}),
  run: (ctx) =>
    ctx.db
      .select({ id: plan.id, name: plan.name, quotaPerDay: plan.quotaPerDay })
      .from(plan)
      .orderBy(asc(plan.position)),
});
