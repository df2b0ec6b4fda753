import { randomBytes } from "node:crypto";
import { and, asc, eq } from "drizzle-orm";
import { z } from "zod";
import { accountDomain, identityProvider } from "#db/schema/identity.ts";
import * as words from "#words/words.ts";
import { startPath } from "../auth/issuer-path.ts";
import { fact } from "../facts/fact.ts";
import { atMost } from "../frame/at-most.ts";
import type { Ctx } from "../frame/context.ts";
import { command, query } from "../frame/define.ts";
import { AppError, notFound } from "../frame/errors.ts";
import { accountOf, scoped } from "../frame/scope.ts";
import { publicUrl } from "../runtime/env.ts";
import { challengeOf } from "./look-up-challenge.ts";
import { ownableDomain } from "./refuse-shared-domain.ts";
import { tellOwners } from "./tell-owners.ts";

const mostDomains = 20;
/** Another's DNS is not to be asked as fast as somebody clicks. */
const pauseSeconds = 10;

/** An account's domains with the record that proves each, and the issuers that sign its people in. */
export const listAccountDomains = query({
  permission: "domains:read",
  input: z.strictObject({ accountId: z.uuid().optional() }),
  run: async (ctx, input) => {
    const accountId = accountOf(ctx, input.accountId);
    const rows = await ctx.db
      .select({
        ...{ domainId: accountDomain.id, domain: accountDomain.domain, challenge: accountDomain.challenge },
        ...{ provenAt: accountDomain.provenAt, missingSince: accountDomain.missingSince },
        ...{ isRequired: accountDomain.isRequired, answer: accountDomain.answer, checkedAt: accountDomain.checkedAt },
        nextCheckAt: accountDomain.nextCheckAt,
      })
      .from(accountDomain)
      .where(eq(accountDomain.accountId, accountId))
      .orderBy(asc(accountDomain.domain));
    return rows.map(({ challenge, nextCheckAt, ...row }) => ({
      ...row,
      record: challengeOf({ domain: row.domain, challenge }),
      isChecking: nextCheckAt !== null && nextCheckAt <= ctx.now,
    }));
  },
});

export type AccountDomain = Awaited<ReturnType<typeof listAccountDomains>>[number];

/** The issuers of an account that are switched on, and where its people begin. */
export const listAccountIssuers = query({
  permission: "domains:read",
  input: z.strictObject({ accountId: z.uuid().optional() }),
  run: async (ctx, input) => {
    const accountId = accountOf(ctx, input.accountId);
    const rows = await ctx.db
      .select({ providerId: identityProvider.id, name: identityProvider.name, isOnlyWay: identityProvider.isOnlyWay })
      .from(identityProvider)
      .where(and(eq(identityProvider.accountId, accountId), identityProvider.isEnabled))
      .orderBy(asc(identityProvider.createdAt), asc(identityProvider.id));
    return rows.map((row) => ({ ...row, signInUrl: publicUrl() + startPath(row.providerId) }));
  },
});

export type AccountIssuer = Awaited<ReturnType<typeof listAccountIssuers>>[number];

/** Names a domain of the account's own addresses. Nothing follows from it until its record is in DNS and was checked. */
export const addAccountDomain = command({
  permission: "domains:write",
  input: z.strictObject({ domain: z.string().max(300) }),
  run: async (ctx, input) => {
    const accountId = accountOf(ctx, undefined);
    const domain = ownableDomain(input.domain);
    await atMost(ctx, {
      ...{ accountId, what: "domains", most: mostDomains },
      count: () => ctx.db.$count(accountDomain, eq(accountDomain.accountId, accountId)),
      refusal: new AppError("conflict", words.errors.tooManyDomains(mostDomains)),
    });
    const challenge = randomBytes(24).toString("base64url");
    const [made] = await ctx.db
      .insert(accountDomain)
      .values({ accountId, domain, challenge, createdAt: ctx.now })
      .onConflictDoNothing({ target: [accountDomain.accountId, accountDomain.domain] })
      .returning({ domainId: accountDomain.id });
    if (!made) throw new AppError("conflict", words.errors.domainIsListed(domain));
    return { ...made, accountId, domain, record: challengeOf({ domain, challenge }) };
  },
  happened: (_input, { domainId, accountId, domain }) =>
    fact("account_domain.added", { subjectId: domainId, accountId }, { domain }),
});

/** Has the worker ask DNS now. Throws `conflict` within seconds of the last time. */
export const checkAccountDomain = command({
  permission: "domains:write",
  input: z.strictObject({ domainId: z.uuid() }),
  run: async (ctx, { domainId }) => {
    const found = await lockedDomain(ctx, domainId);
    if (found.checkedAt && ctx.now.getTime() - found.checkedAt.getTime() < pauseSeconds * 1_000)
      throw new AppError("conflict", words.errors.domainCheckedLately(pauseSeconds));
    await ctx.db.update(accountDomain).set({ nextCheckAt: ctx.now }).where(eq(accountDomain.id, domainId));
    return found;
  },
  happened: ({ domainId }, { accountId, domain }) =>
    fact("account_domain.check_asked", { subjectId: domainId, accountId }, { domain }),
});

/** Takes a domain off an account, with what its proof brought about. A token does it only where nobody's sign-in hangs on it. */
export const removeAccountDomain = command({
  permission: "domains:write",
  needsProof: true,
  input: z.strictObject({ domainId: z.uuid() }),
  run: async (ctx, { domainId }) => {
    const found = await lockedDomain(ctx, domainId);
    if (ctx.actor.kind === "token" && found.isRequired)
      throw new AppError("forbidden", words.errors.tokenRequiresNothing);
    await ctx.db.delete(accountDomain).where(eq(accountDomain.id, domainId));
    // Where it had an effect.
    if (found.provenAt) await tellOwners(ctx, found.accountId, { kind: "removed", domain: found.domain });
    return found;
  },
  happened: ({ domainId }, { accountId, domain, isRequired }) =>
    fact("account_domain.removed", { subjectId: domainId, accountId }, { domain, wasRequired: isRequired }),
});

/** A domain that the actor reaches; its row is locked until the commit. Throws `not_found`. */
export async function lockedDomain(ctx: Ctx, domainId: string) {
  const [found] = await ctx.db
    .select({
      ...{ accountId: accountDomain.accountId, domain: accountDomain.domain, provenAt: accountDomain.provenAt },
      ...{ missingSince: accountDomain.missingSince, isRequired: accountDomain.isRequired },
      checkedAt: accountDomain.checkedAt,
    })
    .from(accountDomain)
    .where(and(eq(accountDomain.id, domainId), scoped(ctx, accountDomain.accountId)))
    .for("update");
  if (!found) throw notFound("domain");
  return found;
}
