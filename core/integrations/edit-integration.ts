import { sql } from "drizzle-orm";
import type { PgColumn } from "drizzle-orm/pg-core";
import { z } from "zod";
import { integration } from "#db/schema/integrations.ts";
import { changesBetween } from "../facts/changes.ts";
import { fact } from "../facts/fact.ts";
import { command } from "../frame/define.ts";
import { numberOrText } from "../frame/given-as-text.ts";
import { changeIntegration } from "./change-integration.ts";
import { integrationInput } from "./integration-input.ts";

/** Replaces what is said of an integration. */
export const editIntegration = command({
  permission: "integrations:write",
  input: integrationInput.extend({ integrationId: z.uuid(), version: numberOrText(z.number().int()).optional() }),
  run: (ctx, { integrationId, version, ...values }) => {
    // What was seen at another address says nothing of this one; null is "not yet", and due at once.
    const isSame = sql`${integration.privacyPolicyUrl} is not distinct from ${values.privacyPolicyUrl}`;
    const keptIfSame = <Column extends PgColumn>(column: Column) => sql`case when ${isSame} then ${column} end`;
    return changeIntegration(ctx, integrationId, version, {
      ...values,
      policyCheckedAt: keptIfSame(integration.policyCheckedAt),
      policyProblem: keptIfSame(integration.policyProblem),
      policyFailingSince: keptIfSame(integration.policyFailingSince),
      policyNextCheckAt: keptIfSame(integration.policyNextCheckAt),
    });
  },
  happened: ({ integrationId: _id, version: _version, ...values }, { id, accountId, was }) =>
    fact(
      "integration.edited",
      { subjectId: id, accountId },
      { name: values.name, changes: changesBetween(was, values) },
    ),
});
