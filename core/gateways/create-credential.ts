import { randomBytes } from "node:crypto";
import { isNull } from "drizzle-orm";
import { z } from "zod";
import { gatewayCredential } from "#db/schema/gates.ts";
import * as deskWords from "#words/desk.ts";
import { fact } from "../facts/fact.ts";
import { atMost } from "../frame/at-most.ts";
import { actorUserId } from "../frame/context.ts";
import { command } from "../frame/define.ts";
import { AppError } from "../frame/errors.ts";
import { hashToken } from "../gate/state/hash-token.ts";
import { mintToken, tokenPreview } from "../rules/tokens/token.ts";

/** A bound against a runaway script; gates hold them all in memory. */
const maxLive = 1_000;

/**
 * Makes a gateway credential. The result holds its secret, the only time it can be seen. From the first one on every caller of
 * the gate needs one, also those on its own machine.
 */
export const createCredential = command({
  permission: "gates:write",
  needsProof: true,
  input: z.strictObject({
    name: z.string().trim().min(1, deskWords.errors.nameGateway).max(50),
  }),
  run: async (ctx, { name }) => {
    await atMost(ctx, {
      ...{ accountId: null, what: "gateway credentials", most: maxLive },
      count: () => ctx.db.$count(gatewayCredential, isNull(gatewayCredential.revokedAt)),
      refusal: new AppError("conflict", deskWords.errors.tooManyCredentials(maxLive)),
    });
    const secret = mintToken("gateway", randomBytes);
    const preview = tokenPreview(secret);
    const [made] = await ctx.db
      .insert(gatewayCredential)
      .values({
        name,
        hash: hashToken(secret),
        preview,
        createdByUserId: actorUserId(ctx.actor),
        createdAt: ctx.now,
      })
      .returning({ id: gatewayCredential.id });
    if (!made) throw new Error("The credential row was not written.");
    return { id: made.id, name, preview, secret };
  },
  happened: (_input, { id, name, preview }) =>
    fact("gateway_credential.created", { subjectId: id, accountId: null }, { name, preview }),
});
