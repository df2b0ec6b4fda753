import { sql } from "drizzle-orm";
import type { Database } from "#db/client.ts";
import { action } from "#db/schema/enforcement.ts";

/** When the clock moves an action next; a time that is over while gates have to confirm one, which can end by any of them going. Null = nothing will. */
export async function nextSettlement(db: Database): Promise<Date | null> {
  const isOf = (...states: string[]) =>
    sql`${action.state} in (${sql.join(
      states.map((one) => sql`${one}`),
      sql`, `,
    )})`;
  const [row] = await db
    .select({
      applying: sql<boolean>`coalesce(bool_or(${action.state} = 'applying'), false)`,
      at: sql<string | null>`min(least(
        case when ${action.state} = 'scheduled' then ${action.effectiveAt} else ${action.endsAt} end,
        case when ${action.state} <> 'scheduled' and ${action.isSilent} then ${action.noticeDueAt} end,
        case when ${action.state} <> 'scheduled' and ${action.windDownEndsAt} > now() then ${action.windDownEndsAt} end))`,
    })
    .from(action)
    .where(isOf("scheduled", "applying", "active"));
  if (row?.applying) return new Date(0);
  return row?.at ? new Date(row.at) : null;
}
