import { eq, type SQL, sql } from "drizzle-orm";
import type { PgColumn } from "drizzle-orm/pg-core";
import * as words from "#words/words.ts";
import type { Ctx } from "./context.ts";
import { invalid, notFound } from "./errors.ts";

/**
 * The rows this actor may see, for the where clause of every statement on a table of accounts.
 * A member or a token is tied to one account; staff and jobs see all; anybody else sees nothing.
 */
export function scoped(ctx: Ctx, accountColumn: PgColumn): SQL {
  switch (ctx.actor.kind) {
    case "member":
    case "token":
      return eq(accountColumn, ctx.actor.accountId);
    case "staff":
    case "job":
      return sql`true`;
    default:
      return sql`false`;
  }
}

/**
 * The account a use case works on: a member's or token's own, whatever the request says; for staff and jobs the one named.
 * Throws `not_found` when they name another account, so that existence does not leak.
 */
export function accountOf(ctx: Ctx, named: string | undefined): string {
  if (ctx.actor.kind === "member" || ctx.actor.kind === "token") {
    if (named !== undefined && named !== ctx.actor.accountId) throw notFound("account");
    return ctx.actor.accountId;
  }
  if (named === undefined) throw invalid("accountId", words.errors.nameAccount);
  if (ctx.actor.kind !== "staff" && ctx.actor.kind !== "job") throw notFound("account");
  return named;
}
