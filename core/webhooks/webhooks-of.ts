import { eq, isNull, type SQL } from "drizzle-orm";
import type { PgColumn } from "drizzle-orm/pg-core";
import type { Ctx } from "../frame/context.ts";
import { accountOf } from "../frame/scope.ts";

/** Whose endpoints an actor works with: their account's; for staff the provider's own, which are no account's. */
export function webhookOwner(ctx: Ctx): string | null {
  return ctx.actor.kind === "staff" ? null : accountOf(ctx, undefined);
}

/** The same for a where clause. */
export function webhooksOf(ctx: Ctx, accountColumn: PgColumn): SQL {
  const owner = webhookOwner(ctx);
  return owner === null ? isNull(accountColumn) : eq(accountColumn, owner);
}
