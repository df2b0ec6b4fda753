import { and, asc, eq, isNotNull, isNull } from "drizzle-orm";
import { z } from "zod";
import { account } from "#db/schema/accounts.ts";
import { token, tokenLastUse } from "#db/schema/tokens.ts";
import * as words from "#words/words.ts";
import { changesBetween } from "../facts/changes.ts";
import { fact } from "../facts/fact.ts";
import type { Ctx } from "../frame/context.ts";
import { command, query } from "../frame/define.ts";
import { AppError, notFound } from "../frame/errors.ts";
import { lockAccounts } from "../frame/lock-accounts.ts";
import { record } from "../frame/record.ts";
import { accountOf } from "../frame/scope.ts";
import { addressFor } from "../personal-data/address-for.ts";
import { isAdmitted } from "../rules/networks.ts";
import { network } from "../tokens/token-input.ts";

const mostShown = 20;

/** The networks that all tokens of an account may call from, and which of its tokens called last from outside: they are refused now. */
export const getAllowedNetworks = query({
  permission: "account:read",
  input: z.strictObject({ accountId: z.uuid().optional() }),
  run: (ctx, input) => read(ctx, accountOf(ctx, input.accountId)),
});

export type AllowedNetworks = Awaited<ReturnType<typeof getAllowedNetworks>>;

/**
 * Sets the networks of an account; empty = any. They bind its tokens and nobody's sign-in, so an owner can always mend the list on its
 * page. A token that would lock itself out is refused. Repeat-safe.
 */
export const setAllowedNetworks = command({
  permission: "networks:write",
  needsProof: true,
  input: z.strictObject({ allowedNetworks: z.array(network).max(50, words.errors.tooManyNetworks) }),
  run: async (ctx, { allowedNetworks }) => {
    const accountId = accountOf(ctx, undefined);
    if (ctx.actor.kind === "token" && !isAdmitted(allowedNetworks, ctx.ip))
      throw new AppError("conflict", words.errors.locksOut(ctx.ip ?? ""));
    await lockAccounts(ctx, [accountId]);
    const before = (await read(ctx, accountId)).allowedNetworks;
    const isChanged = JSON.stringify(before) !== JSON.stringify(allowedNetworks);
    if (isChanged) {
      await ctx.db.update(account).set({ allowedNetworks }).where(eq(account.id, accountId));
      const data = { changes: changesBetween({ allowedNetworks: before }, { allowedNetworks }) };
      await record(ctx, fact("account.networks_changed", { subjectId: accountId, accountId }, data));
    }
    return { ...(await read(ctx, accountId)), isChanged };
  },
  // It records itself what it changes; the same list again is no change.
  happened: () => null,
});

async function read(ctx: Ctx, accountId: string) {
  const [found] = await ctx.db
    .select({ allowedNetworks: account.allowedNetworks })
    .from(account)
    .where(eq(account.id, accountId));
  if (!found) throw notFound("account");
  const { allowedNetworks } = found;
  const used = await ctx.db
    .select({ tokenId: token.id, name: token.name, ip: tokenLastUse.ip, at: tokenLastUse.at })
    .from(token)
    .innerJoin(tokenLastUse, eq(tokenLastUse.tokenId, token.id))
    .where(and(eq(token.accountId, accountId), isNull(token.revokedAt), isNotNull(tokenLastUse.ip)))
    .orderBy(asc(token.name), asc(token.id));
  const outside = used.filter(({ ip }) => !isAdmitted(allowedNetworks, ip)).slice(0, mostShown);
  return { allowedNetworks, outside: outside.map((one) => ({ ...one, ip: addressFor(ctx.actor, one.ip) })) };
}
