import { eq } from "drizzle-orm";
import { z } from "zod";
import { tokenSecret } from "#db/schema/tokens.ts";
import { tokenView } from "#db/schema/ways-in.ts";
import * as words from "#words/words.ts";
import { isFromBusyNetwork } from "../auth/busy-network.ts";
import { fact } from "../facts/fact.ts";
import { command } from "../frame/define.ts";
import { AppError, invalid, notFound } from "../frame/errors.ts";
import { hashToken } from "../gate/state/hash-token.ts";
import { hourMs } from "../rules/time.ts";
import { checkTokenFormat } from "../rules/tokens/token.ts";
import { setting } from "../runtime/env.ts";
import { judgeSecret } from "./judge-secret.ts";

/** As long as somebody looks into one problem. */
export const viewMs = hourMs;

/**
 * Signs a browser in with a token's secret: for an hour it reads what there is of that token, and nothing else. A token that does not
 * work is not shown; the refusal says why, which its holder learns at the gate as well. Counted by network before it is judged.
 */
export const openTokenView = command({
  permission: "session:open",
  input: z.strictObject({ token: z.string().trim().max(600) }),
  run: async (ctx, input) => {
    if (!setting("TOKEN_SIGN_IN")) throw notFound("page");
    if (isFromBusyNetwork(ctx, "token"))
      throw new AppError("throttled", words.errors.tooManyTokensTried, { retryAfterSeconds: hourMs / 1_000 });
    const format = checkTokenFormat(input.token);
    if (!format.ok) throw invalid("token", words.errors.tokenMalformed);
    if (format.kind === "gateway") throw invalid("token", words.errors.gatewayCredential);
    if (format.kind === "staff") throw invalid("token", words.errors.staffKeyIsNoToken);
    const judged = await judgeSecret(ctx.db, eq(tokenSecret.hash, hashToken(input.token)), ctx.ip, ctx.now);
    if (!judged) throw invalid("token", words.errors.tokenUnknown);
    if (judged.stop) throw invalid("token", words.secretStopped(judged.stop));
    const { secretId, tokenId, accountId } = judged;
    const [opened] = await ctx.db
      .insert(tokenView)
      .values({
        ...{ secretId, createdAt: ctx.now, expiresAt: new Date(ctx.now.getTime() + viewMs), ip: ctx.ip },
        userAgent: ctx.userAgent?.slice(0, 400),
      })
      .returning({ id: tokenView.id });
    if (!opened) throw new Error("The view's row was not written.");
    return { viewId: opened.id, tokenId, accountId };
  },
  happened: (_input, { tokenId, accountId }) => fact("token.viewed", { subjectId: tokenId, accountId }),
});
