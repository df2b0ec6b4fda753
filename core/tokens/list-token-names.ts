import { asc, eq } from "drizzle-orm";
import { z } from "zod";
import { token } from "#db/schema/tokens.ts";
import { query } from "../frame/define.ts";
import { accountOf } from "../frame/scope.ts";

/** Names of all tokens of an account, for choices in filters. */
export const listTokenNames = query({
  permission: "tokens:read",
  input: z.strictObject({ accountId: z.uuid().optional() }),
  run: (ctx, input) =>
    ctx.db
      .select({ id: token.id, name: token.name })
      .from(token)
      .where(eq(token.accountId, accountOf(ctx, input.accountId)))
      .orderBy(asc(token.name))
      .limit(1_000),
});
