import { and, desc, eq, gt, gte, max, sql } from "drizzle-orm";
import { z } from "zod";
import { alert } from "#db/schema/alerts.ts";
import { secretUse, token, tokenSecret } from "#db/schema/tokens.ts";
import * as words from "#words/words.ts";
import { sendAlert } from "../alerts/send-alert.ts";
import { recordSignals } from "../detection/record-signals.ts";
import { fact } from "../facts/fact.ts";
import { command } from "../frame/define.ts";
import { notFound } from "../frame/errors.ts";
import { scoped } from "../frame/scope.ts";
import { unknownNetwork } from "../gate/import/import-tally.ts";
import { retiredSecret } from "../rules/detectors/retired-secret.ts";
import { hourMs } from "../rules/time.ts";

const againAfterMs = (retiredSecret.defaults.tellAgainHours ?? 24) * hourMs;

/**
 * A secret that was retired is still used: a forgotten client, or somebody with a copy. Raises a flag, and tells the members once
 * a day. Does nothing when it was not used since.
 */
export const flagRetiredSecret = command({
  permission: "tokens:remind",
  input: z.strictObject({ secretId: z.uuid() }),
  run: async (ctx, { secretId }) => {
    const [found] = await ctx.db
      .select({
        tokenId: token.id,
        accountId: token.accountId,
        name: token.name,
        preview: tokenSecret.preview,
        retiresAt: tokenSecret.retiresAt,
      })
      .from(tokenSecret)
      .innerJoin(token, eq(token.id, tokenSecret.tokenId))
      .where(and(eq(tokenSecret.id, secretId), scoped(ctx, token.accountId)));
    if (!found) throw notFound("secret");
    const { tokenId, accountId, name, preview, retiresAt } = found;
    const since = new Date(
      Math.max(retiresAt?.getTime() ?? Number.POSITIVE_INFINITY, ctx.now.getTime() - againAfterMs),
    );
    if (Number.isNaN(since.getTime())) return { tokenId, accountId, isTold: false };
    const uses = await ctx.db
      .select({
        network: secretUse.network,
        client: secretUse.client,
        requests: sql<number>`sum(${secretUse.requests})::float8`,
        lastAt: max(secretUse.lastAt),
      })
      .from(secretUse)
      .where(and(eq(secretUse.secretId, secretId), gte(secretUse.lastAt, since)))
      .groupBy(secretUse.network, secretUse.client)
      .orderBy(desc(max(secretUse.lastAt)));
    const [latest] = uses;
    if (!latest) return { tokenId, accountId, isTold: false };
    const requests = uses.reduce((sum, row) => sum + row.requests, 0);
    await recordSignals(ctx, {
      accountId,
      signals: [
        {
          detector: retiredSecret.id,
          detectorVersion: retiredSecret.version,
          scope: "token",
          scopeId: tokenId,
          severity: 1,
          magnitude: uses.length,
          summary: words.retiredSecretSignal({ name, preview, places: uses.length }),
          evidence: { requests, places: uses.length },
        },
      ],
    });
    const path = `/tokens/${tokenId}`;
    const [told] = await ctx.db
      .select({ id: alert.id })
      .from(alert)
      .where(
        and(
          eq(alert.accountId, accountId),
          eq(alert.kind, "retired_secret"),
          eq(alert.path, path),
          gt(alert.at, new Date(ctx.now.getTime() - againAfterMs)),
        ),
      )
      .limit(1);
    if (told) return { tokenId, accountId, isTold: false };
    await sendAlert(ctx, {
      accountId,
      kind: "retired_secret",
      ...words.retiredSecretUsed({
        ...{ name, preview, client: latest.client },
        network: latest.network === unknownNetwork ? null : latest.network,
      }),
      path,
      mails: "tokens",
    });
    return { tokenId, accountId, isTold: true };
  },
  happened: (_input, { tokenId, accountId, isTold }) =>
    isTold ? fact("token.retired_secret_used", { subjectId: tokenId, accountId }) : null,
});
