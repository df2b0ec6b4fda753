import { eq, sql } from "drizzle-orm";
import { z } from "zod";
import { account } from "#db/schema/accounts.ts";
import * as deskWords from "#words/desk.ts";
import { changesBetween } from "../facts/changes.ts";
import { fact } from "../facts/fact.ts";
import type { Ctx } from "../frame/context.ts";
import { command, query } from "../frame/define.ts";
import { AppError, notFound } from "../frame/errors.ts";
import { lockAccounts } from "../frame/lock-accounts.ts";
import { record } from "../frame/record.ts";
import { readAccount } from "./get-account.ts";

/**
 * The provider's own id of an account. Printable ASCII without spaces, so that it fits into an address and a header as it is; only dots
 * would be a step in an address.
 */
export const externalId = z
  .string()
  .trim()
  .regex(/^(?!\.{1,2}$)[\x21-\x7e]{1,200}$/, deskWords.errors.externalIdForm);

/** The account that the provider calls so; null = there is none. */
export async function findByExternalId(ctx: Ctx, id: string): Promise<string | null> {
  const [found] = await ctx.db.select({ id: account.id }).from(account).where(eq(account.externalId, id));
  return found?.id ?? null;
}

/** The account by the provider's own id. */
export const getAccountByExternalId = query({
  permission: "accounts:list",
  input: z.strictObject({ externalId }),
  run: async (ctx, input) => {
    const accountId = await findByExternalId(ctx, input.externalId);
    if (accountId === null) throw notFound("account");
    return readAccount(ctx, accountId);
  },
});

/** Gives an account the id that the provider has for it, or takes it off (empty or null). Repeat-safe. */
export const setExternalId = command({
  permission: "accounts:provision",
  input: z.strictObject({ accountId: z.uuid(), externalId: z.literal("").or(externalId).nullable() }),
  run: async (ctx, input) => {
    const { accountId } = input;
    const wanted = input.externalId || null;
    // Before the account's own row, as provisioning takes them, or two could wait for each other for ever.
    if (wanted !== null) await lockExternalId(ctx, wanted);
    await lockAccounts(ctx, [accountId]);
    const [found] = await ctx.db
      .select({ before: account.externalId, erasedAt: account.erasedAt })
      .from(account)
      .where(eq(account.id, accountId));
    if (!found) throw notFound("account");
    if (found.erasedAt) throw new AppError("conflict", deskWords.errors.accountIsErased);
    if (found.before !== wanted) await change(ctx, accountId, found.before, wanted);
    return { externalId: wanted, isChanged: found.before !== wanted };
  },
  // It records itself what it changes; the same id again is no change.
  happened: () => null,
});

async function change(ctx: Ctx, accountId: string, before: string | null, after: string | null): Promise<void> {
  const other = after === null ? null : await findByExternalId(ctx, after);
  if (other !== null) {
    const message = deskWords.errors.externalIdTaken(after ?? "");
    throw new AppError("conflict", message, { fields: { externalId: message } });
  }
  await ctx.db.update(account).set({ externalId: after }).where(eq(account.id, accountId));
  const changes = changesBetween({ externalId: before }, { externalId: after });
  await record(ctx, fact("account.external_id_set", { subjectId: accountId, accountId }, { changes }));
}

/** Makes those who give out, or look for, the same external id follow each other, until the commit. */
export async function lockExternalId(ctx: Ctx, id: string): Promise<void> {
  await ctx.db.execute(sql`select pg_advisory_xact_lock(hashtext('gatehouse external id'), hashtext(${id}))`);
}
