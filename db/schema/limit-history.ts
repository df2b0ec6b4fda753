import { bigint, index, integer, pgTable, text, uuid } from "drizzle-orm/pg-core";
import { limitFactKinds } from "../../core/rules/vocabulary.ts";
import { instant, oneOf } from "./columns.ts";

/**
 * What limits were, and since when: written by triggers on plan, plan_limit, endpoint and account, so that no way of changing
 * them can forget it. Overrides and throttles carry their own dates.
 */
export const limitFact = pgTable(
  "limit_fact",
  {
    id: bigint({ mode: "number" }).primaryKey().generatedAlwaysAsIdentity(),
    kind: text({ enum: limitFactKinds }).notNull(),
    /** For `account_plan`. */
    accountId: uuid(),
    /** For `account_plan`, `plan_quota` and `plan_rate`. */
    planId: integer(),
    /** For `endpoint_rate`, `endpoint_window` and `plan_rate`. */
    endpointId: integer(),
    /**
     * Requests per UTC day or per the endpoint's window; null = unlimited, and for `plan_rate` that the endpoint's own holds. For
     * `endpoint_window` its seconds.
     */
    value: bigint({ mode: "number" }),
    /** 1970-01-01 = from the beginning. */
    fromAt: instant().notNull(),
  },
  (t) => [
    index("limit_fact_by_account").on(t.accountId, t.fromAt),
    index("limit_fact_by_plan").on(t.planId, t.fromAt),
    oneOf("limit_fact_kind", t.kind, limitFactKinds),
  ],
);
