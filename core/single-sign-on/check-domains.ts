import { and, asc, eq, isNotNull, lte, ne, sql } from "drizzle-orm";
import { z } from "zod";
import type { Database } from "#db/client.ts";
import { accountDomain } from "#db/schema/identity.ts";
import { fact } from "../facts/fact.ts";
import { type Ctx, jobCtx } from "../frame/context.ts";
import { command } from "../frame/define.ts";
import { record } from "../frame/record.ts";
import { type DomainEvent, judgeDomain, proofEndsAfterMs } from "../rules/people/domain-proof.ts";
import { domainAnswers } from "../rules/vocabulary.ts";
import type { Logger } from "../runtime/log.ts";
import { lockedDomain } from "./account-domains.ts";
import { challengeOf, lookUpChallenge } from "./look-up-challenge.ts";
import { tellOwners } from "./tell-owners.ts";

/** So many at a time; one that hangs holds its place for seconds. */
const mostAtOnce = 8;

/** When the next domain is due; null = none will be. */
export async function nextDomainCheck(db: Database): Promise<Date | null> {
  const [row] = await db
    .select({ at: accountDomain.nextCheckAt })
    .from(accountDomain)
    .where(isNotNull(accountDomain.nextCheckAt))
    .orderBy(asc(accountDomain.nextCheckAt))
    .limit(1);
  return row?.at ?? null;
}

/** Asks DNS about the domains that are due: those that somebody wants checked, and the proven ones once a day. */
export async function checkDomains(db: Database, now: Date, log: Logger): Promise<number> {
  const due = await db
    .select({ domainId: accountDomain.id, domain: accountDomain.domain, challenge: accountDomain.challenge })
    .from(accountDomain)
    .where(and(isNotNull(accountDomain.nextCheckAt), lte(accountDomain.nextCheckAt, now)))
    .orderBy(asc(accountDomain.nextCheckAt), asc(accountDomain.id))
    .limit(mostAtOnce);
  await Promise.all(
    due.map(async ({ domainId, ...of }) => {
      const answer = await lookUpChallenge(challengeOf(of));
      // One that was removed meanwhile, or cannot be judged, stops no other.
      await settleDomain(jobCtx(db, "Gatehouse", now), { domainId, answer }).catch((error: unknown) =>
        log.error({ err: error, domainId }, "A domain could not be settled"),
      );
    }),
  );
  return due.length;
}

/**
 * Takes what DNS said about a domain. The first account that proves it has it until its proof ends; another one that publishes a
 * record gets nothing by that, and the owners of the first are told once.
 */
export const settleDomain = command({
  permission: "domains:check",
  input: z.strictObject({ domainId: z.uuid(), answer: z.enum(domainAnswers) }),
  run: async (ctx, { domainId, answer: said }) => {
    const [named] = await ctx.db
      .select({ domain: accountDomain.domain })
      .from(accountDomain)
      .where(eq(accountDomain.id, domainId));
    // Before any row is locked: the holder's is written as well.
    const lock = sql`select pg_advisory_xact_lock(hashtext('gatehouse domain'), hashtext(${named?.domain ?? ""}))`;
    await ctx.db.execute(lock);
    const found = await lockedDomain(ctx, domainId);
    const { accountId, domain } = found;
    const holder = said === "found" && found.provenAt === null ? await holderOf(ctx, domainId, domain) : null;
    const answer = holder ? "taken" : said;
    const { event, ...after } = judgeDomain(found, answer, ctx.now);
    const isLost = event === "lost";
    await ctx.db
      .update(accountDomain)
      .set({ ...after, answer, checkedAt: ctx.now, ...(isLost ? { isRequired: false } : {}) })
      .where(eq(accountDomain.id, domainId));
    if (holder) await tellHolder(ctx, holder, domain);
    if (event !== null) await tellOwners(ctx, accountId, { kind: event, domain, endsAfterMs: proofEndsAfterMs });
    return { accountId, domain, event, wasRequired: isLost && found.isRequired };
  },
  happened: ({ domainId }, { accountId, domain, event, wasRequired }) =>
    event === null
      ? null
      : fact(factOf[event], { subjectId: domainId, accountId }, { domain, ...(wasRequired ? { wasRequired } : {}) }),
});

const factOf = {
  proven: "account_domain.proven",
  missing: "account_domain.missing",
  lost: "account_domain.lost",
} as const satisfies Record<DomainEvent, string>;

type Holder = { domainId: string; accountId: string; contestedAt: Date | null };

async function holderOf(ctx: Ctx, domainId: string, domain: string): Promise<Holder | null> {
  const [holder] = await ctx.db
    .select({
      ...{ domainId: accountDomain.id, accountId: accountDomain.accountId, contestedAt: accountDomain.contestedAt },
    })
    .from(accountDomain)
    .where(and(eq(accountDomain.domain, domain), isNotNull(accountDomain.provenAt), ne(accountDomain.id, domainId)));
  return holder ?? null;
}

async function tellHolder(ctx: Ctx, { domainId, accountId, contestedAt }: Holder, domain: string): Promise<void> {
  if (contestedAt) return;
  await ctx.db.update(accountDomain).set({ contestedAt: ctx.now }).where(eq(accountDomain.id, domainId));
  await record(ctx, fact("account_domain.contested", { subjectId: domainId, accountId }, { domain }));
  await tellOwners(ctx, accountId, { kind: "contested", domain });
}
