import { and, eq } from "drizzle-orm";
import { z } from "zod";
import { token } from "#db/schema/tokens.ts";
import * as words from "#words/words.ts";
import { fact } from "../facts/fact.ts";
import { command } from "../frame/define.ts";
import { notFound } from "../frame/errors.ts";
import { scoped } from "../frame/scope.ts";
import { changeToken } from "./change-token.ts";
import { versionRead } from "./token-input.ts";

/** Takes scopes away from a token, for example those nobody uses. One it does not have is passed over. */
export const dropScopes = command({
  permission: "tokens:write",
  input: z.strictObject({
    tokenId: z.uuid(),
    scopes: z.array(z.string()).min(1, words.errors.chooseScopesToDrop).max(100),
    version: versionRead,
  }),
  run: async (ctx, { tokenId, scopes, version }) => {
    const [found] = await ctx.db
      .select({ scopes: token.scopes })
      .from(token)
      .where(and(eq(token.id, tokenId), scoped(ctx, token.accountId)))
      .for("update");
    if (!found) throw notFound("token");
    const kept = found.scopes.filter((name) => !scopes.includes(name));
    const changed = await changeToken(ctx, tokenId, version, { scopes: kept });
    return { ...changed, dropped: found.scopes.filter((name) => scopes.includes(name)) };
  },
  happened: (_input, { id, name, accountId, dropped }) =>
    fact("token.scopes_dropped", { subjectId: id, accountId }, { name, dropped }),
});
