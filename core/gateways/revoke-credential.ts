import { and, eq, isNull } from "drizzle-orm";
import { z } from "zod";
import { gatewayCredential } from "#db/schema/gates.ts";
import { fact } from "../facts/fact.ts";
import { command } from "../frame/define.ts";
import { notFound } from "../frame/errors.ts";

/** Ends a gateway credential: every gate refuses the caller from the next request on. The row stays. */
export const revokeCredential = command({
  permission: "gates:write",
  input: z.strictObject({ credentialId: z.uuid() }),
  run: async (ctx, { credentialId }) => {
    const [revoked] = await ctx.db
      .update(gatewayCredential)
      .set({ revokedAt: ctx.now })
      .where(and(eq(gatewayCredential.id, credentialId), isNull(gatewayCredential.revokedAt)))
      .returning({
        id: gatewayCredential.id,
        name: gatewayCredential.name,
        preview: gatewayCredential.preview,
      });
    if (!revoked) throw notFound("live gateway credential");
    return revoked;
  },
  happened: (_input, { id, name, preview }) =>
    fact("gateway_credential.revoked", { subjectId: id, accountId: null }, { name, preview }),
});
