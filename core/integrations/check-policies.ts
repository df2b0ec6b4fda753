import { and, asc, eq, isNotNull, isNull, lte, or, sql } from "drizzle-orm";
import type { Database } from "#db/client.ts";
import { integration } from "#db/schema/integrations.ts";
import { reachableNetworks } from "../accounts/reachable-networks.ts";
import { nextPolicyCheck } from "../rules/privacy-policy.ts";
import { fetchPolicy } from "./fetch-policy.ts";

/** So many pages at a time; one that hangs holds its place for eight seconds. */
const mostAtOnce = 20;

/** When the next privacy policy is due; null = none will be. */
export async function nextPolicyDue(db: Database): Promise<Date | null> {
  const [row] = await db
    .select({ at: integration.policyNextCheckAt })
    .from(integration)
    .where(and(isNull(integration.archivedAt), isNotNull(integration.privacyPolicyUrl)))
    .orderBy(sql`${integration.policyNextCheckAt} asc nulls first`)
    .limit(1);
  return row ? (row.at ?? new Date(0)) : null;
}

/**
 * Looks at the privacy policies that are due: those just set or asked for, then those whose day or hour is over. What it finds is
 * kept only for the address it looked at, so an address that was changed meanwhile is looked at anew.
 */
export async function checkPolicies(db: Database, now: Date, version: string): Promise<number> {
  const due = await db
    .select({ id: integration.id, accountId: integration.accountId, url: integration.privacyPolicyUrl })
    .from(integration)
    .where(
      and(
        isNull(integration.archivedAt),
        isNotNull(integration.privacyPolicyUrl),
        or(isNull(integration.policyNextCheckAt), lte(integration.policyNextCheckAt, now)),
      ),
    )
    .orderBy(sql`${integration.policyNextCheckAt} asc nulls first`, asc(integration.id))
    .limit(mostAtOnce);
  await Promise.all(
    due.map(async ({ id, accountId, url }) => {
      if (url === null) return;
      const problem = await fetchPolicy(url, await reachableNetworks(db, accountId), version);
      await db
        .update(integration)
        .set({
          policyCheckedAt: now,
          policyProblem: problem,
          policyFailingSince:
            problem === null ? null : sql`coalesce(${integration.policyFailingSince}, ${now}::timestamptz)`,
          policyNextCheckAt: nextPolicyCheck(problem, now),
        })
        .where(and(eq(integration.id, id), eq(integration.privacyPolicyUrl, url)));
    }),
  );
  return due.length;
}
