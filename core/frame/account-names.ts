import { inArray } from "drizzle-orm";
import { account } from "#db/schema/accounts.ts";
import type { Ctx } from "./context.ts";

/** Before the provider's own id, where it names an account in place of the account's id: `ext:cus_4711`. No id and no slug has a colon. */
const externalPrefix = "ext:";

/** Whether a text names an account by the provider's own id. */
export function isExternalName(text: unknown): text is string {
  return typeof text === "string" && text.startsWith(externalPrefix);
}

/** Ids of the accounts by such names, as far as there are any. Names of another form are left out. */
export async function accountsNamed(ctx: Ctx, names: readonly string[]): Promise<Map<string, string>> {
  const externalIds = names.filter(isExternalName).map((name) => name.slice(externalPrefix.length));
  if (externalIds.length === 0) return new Map();
  const rows = await ctx.db
    .select({ id: account.id, externalId: account.externalId })
    .from(account)
    .where(inArray(account.externalId, externalIds));
  return new Map(rows.map(({ id, externalId }) => [`${externalPrefix}${externalId}`, id]));
}
