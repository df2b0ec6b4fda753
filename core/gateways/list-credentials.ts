import { asc, desc, eq } from "drizzle-orm";
import { z } from "zod";
import { user } from "#db/schema/auth.ts";
import { gatewayCredential } from "#db/schema/gates.ts";
import { query } from "../frame/define.ts";

/** All gateway credentials, live ones first. Their secrets cannot be shown again. */
export const listCredentials = query({
  permission: "gates:write",
  input: z.strictObject({}),
  run: async (ctx) =>
    ctx.db
      .select({
        id: gatewayCredential.id,
        name: gatewayCredential.name,
        preview: gatewayCredential.preview,
        createdAt: gatewayCredential.createdAt,
        createdByName: user.name,
        revokedAt: gatewayCredential.revokedAt,
        lastUsedAt: gatewayCredential.lastUsedAt,
      })
      .from(gatewayCredential)
      .leftJoin(user, eq(user.id, gatewayCredential.createdByUserId))
      .orderBy(desc(gatewayCredential.revokedAt), asc(gatewayCredential.createdAt)),
});
