import { and, eq, isNull } from "drizzle-orm";
import { z } from "zod";
import { webhookSecret } from "#db/schema/webhooks.ts";
import * as words from "#words/words.ts";
import { seal } from "../auth/seal.ts";
import { fact } from "../facts/fact.ts";
import { command } from "../frame/define.ts";
import { numberOrText } from "../frame/given-as-text.ts";
import { hourMs } from "../rules/time.ts";
import { changeEndpoint } from "./change-endpoint.ts";
import { secretPurpose } from "./create-endpoint.ts";
import { newWebhookSecret } from "./sign.ts";

/** Gives an endpoint a new signing secret. For `overlapHours` deliveries are signed with both, so that no receiver misses one. */
export const rotateWebhookSecret = command({
  permission: "webhooks:write",
  input: z.strictObject({
    endpointId: z.uuid(),
    overlapHours: numberOrText(z.number().min(0).max(168, words.errors.overlapDaysTooLong)).default(24),
    version: numberOrText(z.number().int()).optional(),
  }),
  run: async (ctx, { endpointId, overlapHours, version }) => {
    const changed = await changeEndpoint(ctx, endpointId, version, {});
    const retiresAt = new Date(ctx.now.getTime() + overlapHours * hourMs);
    await ctx.db
      .update(webhookSecret)
      .set({ retiresAt })
      .where(and(eq(webhookSecret.endpointId, endpointId), isNull(webhookSecret.retiresAt)));
    const secret = newWebhookSecret();
    await ctx.db
      .insert(webhookSecret)
      .values({ endpointId, sealed: seal(secretPurpose, endpointId, secret), createdAt: ctx.now });
    return { ...changed, secret, retiresAt };
  },
  happened: (_input, { id, url, accountId, retiresAt }) =>
    fact("webhook.secret_rotated", { subjectId: id, accountId }, { url, oldSecretRetiresAt: retiresAt.toISOString() }),
});
