import { and, eq, ilike, inArray, isNull, lte, ne, notInArray, type SQL, sql } from "drizzle-orm";
import { z } from "zod";
import { abuseCase } from "#db/schema/abuse.ts";
import { account } from "#db/schema/accounts.ts";
import { action } from "#db/schema/enforcement.ts";
import { actorUserId, type Ctx } from "../frame/context.ts";
import { escapeLike } from "../frame/escape-like.ts";
import { numberOrText } from "../frame/given-as-text.ts";
import { standingsOf } from "../frame/standing-of.ts";
import { detectorsFor } from "../rules/detectors/registry.ts";
import { hourMs } from "../rules/time.ts";
import { reasonCodes, type Standing, standings } from "../rules/vocabulary.ts";

export const caseViews = ["open", "mine", "unassigned", "closed"] as const;
export const caseOrders = ["priority", "oldest", "newest"] as const;

/** What narrows the queue; every part that is given must hold. */
export const caseFilter = {
  view: z.enum(caseViews).default("open"),
  /** Part of the account's name. */
  search: z.string().max(100).optional(),
  /** Only cases with a flag of this detector that counts. */
  detector: z.string().max(60).optional(),
  /** Only cases with a counting flag of a detector whose reason this is. */
  reasonCode: z.enum(reasonCodes).optional(),
  /** Only cases with a counting flag of at least this severity. */
  severity: numberOrText(z.number().int().min(1).max(3)).optional(),
  planId: numberOrText(z.number().int().positive()).optional(),
  /** Who holds it. */
  assigneeUserId: z.uuid().optional(),
  standing: z.enum(standings).optional(),
  /** Opened at least so many hours ago. */
  openForHours: numberOrText(z.number().int().min(1).max(8_760)).optional(),
};
type CaseFilter = z.output<z.ZodObject<typeof caseFilter>>;

/** The condition of a filter over cases joined with their accounts. */
export async function matching(ctx: Ctx, filter: CaseFilter): Promise<SQL | undefined> {
  const { view, search, detector, reasonCode, severity, planId, assigneeUserId, standing, openForHours } = filter;
  return and(
    inView(ctx, view),
    search === undefined ? undefined : ilike(account.name, `%${escapeLike(search)}%`),
    detector === undefined ? undefined : hasFlag(sql`f.detector = ${detector}`),
    reasonCode === undefined ? undefined : hasFlag(sql`f.detector = any(${arrayOf(detectorsFor(reasonCode))})`),
    severity === undefined ? undefined : hasFlag(sql`f.severity >= ${severity}`),
    planId === undefined ? undefined : eq(account.planId, planId),
    assigneeUserId === undefined ? undefined : eq(abuseCase.assigneeUserId, assigneeUserId),
    standing === undefined ? undefined : await hasStanding(ctx, standing),
    openForHours === undefined
      ? undefined
      : lte(abuseCase.openedAt, new Date(ctx.now.getTime() - openForHours * hourMs)),
  );
}

function inView(ctx: Ctx, view: (typeof caseViews)[number]): SQL | undefined {
  if (view === "closed") return eq(abuseCase.state, "closed");
  const open = ne(abuseCase.state, "closed");
  if (view === "unassigned") return and(open, isNull(abuseCase.assigneeUserId));
  const userId = actorUserId(ctx.actor);
  return view === "mine" && userId ? and(open, eq(abuseCase.assigneeUserId, userId)) : open;
}

function hasFlag(condition: SQL): SQL {
  return sql`exists (select 1 from flag f where f.case_id = ${abuseCase.id} and f.state <> 'dismissed' and ${condition})`;
}

const arrayOf = (texts: readonly string[]) =>
  sql`array[${sql.join(
    texts.map((one) => sql`${one}`),
    sql`, `,
  )}]::text[]`;

/** A standing follows from the actions in force; whoever has none is in good standing. */
async function hasStanding(ctx: Ctx, standing: Standing): Promise<SQL> {
  const acted = await ctx.db
    .selectDistinct({ id: action.accountId })
    .from(action)
    .where(inArray(action.state, ["scheduled", "applying", "active"]));
  const known = await standingsOf(
    ctx,
    acted.map((one) => one.id),
  );
  const ids = [...known]
    .filter(([, one]) => (standing === "good" ? one !== "good" : one === standing))
    .map(([id]) => id);
  return standing === "good" ? notInArray(abuseCase.accountId, ids) : inArray(abuseCase.accountId, ids);
}
