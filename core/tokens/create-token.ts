import { and, eq, isNull } from "drizzle-orm";
import { z } from "zod";
import { token } from "#db/schema/tokens.ts";
import * as words from "#words/words.ts";
import { fact } from "../facts/fact.ts";
import { atMost } from "../frame/at-most.ts";
import { actorUserId, type Ctx } from "../frame/context.ts";
import { command } from "../frame/define.ts";
import { AppError, invalid } from "../frame/errors.ts";
import { notifyToken } from "../frame/outbox.ts";
import { accountOf } from "../frame/scope.ts";
import { standingOf } from "../frame/standing-of.ts";
import { expiryFault } from "../rules/tokens/token-expiry.ts";
import { tokenMaxDays } from "../runtime/env.ts";
import { addSecret } from "./add-secret.ts";
import { refuseImpossible } from "./refuse-impossible.ts";
import { createTokenInput, isDangerousToken } from "./token-input.ts";

/** Live tokens of one account; a bound against a runaway script, far above any real use. */
const maxLiveTokens = 500;

/** Makes a token. The result holds its secret, the only time it can be seen. A suspended account cannot create tokens. */
export const createToken = command({
  permission: "tokens:write",
  needsProof: isDangerousToken,
  input: createTokenInput.extend({ accountId: z.uuid().optional() }),
  run: async (ctx, input) => {
    const accountId = accountOf(ctx, input.accountId);
    await refuseWhereRestricted(ctx, accountId);
    await refuseImpossible(ctx, accountId, input);
    const fault = expiryFault(input.expiresAt, ctx.now, tokenMaxDays());
    if (fault) throw invalid("expiresAt", words.expiryFault(fault));
    const { accountId: _named, ...values } = input;
    const by = actorUserId(ctx.actor);
    const [made] = await ctx.db
      .insert(token)
      .values({
        ...values,
        accountId,
        createdByUserId: by,
        createdAt: ctx.now,
        updatedByUserId: by,
        updatedAt: ctx.now,
      })
      .returning({ id: token.id });
    if (!made) throw new Error("The token row was not written.");
    const { secret, preview, hash } = await addSecret(ctx, made.id);
    await notifyToken(ctx, made.id, [hash.toString("hex")]);
    return { tokenId: made.id, accountId, name: input.name, preview, secret };
  },
  happened: (input, { tokenId, accountId, name, preview }) =>
    fact(
      "token.created",
      { subjectId: tokenId, accountId },
      { name, preview, scopes: input.scopes, expiresAt: input.expiresAt?.toISOString() ?? null },
    ),
});

async function refuseWhereRestricted(ctx: Ctx, accountId: string): Promise<void> {
  const standing = await standingOf(ctx, accountId);
  if (standing === "suspended" || standing === "terminated") {
    throw new AppError("conflict", words.errors.noTokensInStanding(standing));
  }
  await atMost(ctx, {
    ...{ accountId, what: "live tokens", most: maxLiveTokens },
    count: () => ctx.db.$count(token, and(eq(token.accountId, accountId), isNull(token.revokedAt))),
    refusal: new AppError("conflict", words.errors.tooManyTokens(maxLiveTokens)),
  });
}
