import { and, eq, inArray } from "drizzle-orm";
import { z } from "zod";
import { member } from "#db/schema/accounts.ts";
import { session, user } from "#db/schema/auth.ts";
import { accountDomain, identityProvider } from "#db/schema/identity.ts";
import * as words from "#words/words.ts";
import { fact } from "../facts/fact.ts";
import { actorUserId, type Ctx } from "../frame/context.ts";
import { command } from "../frame/define.ts";
import { AppError } from "../frame/errors.ts";
import { emailDomain } from "../rules/people/email-domain.ts";
import { lockedDomain } from "./account-domains.ts";
import { tellOwners } from "./tell-owners.ts";

/**
 * Says whether members with an address at a proven domain enter the account through its issuers only. Before it is so, somebody of the
 * account has come in through one, and whoever says so would still get in.
 */
export const requireDomainSignIn = command({
  permission: "domains:write",
  needsProof: true,
  input: z.strictObject({ domainId: z.uuid(), isRequired: z.stringbool().or(z.boolean()).default(true) }),
  run: async (ctx, { domainId, isRequired }) => {
    if (ctx.actor.kind === "token") throw new AppError("forbidden", words.errors.tokenRequiresNothing);
    const found = await lockedDomain(ctx, domainId);
    const { accountId, domain } = found;
    if (found.isRequired === isRequired) return { accountId, domain, isChanged: false };
    if (isRequired) {
      if (found.provenAt === null) throw new AppError("conflict", words.errors.domainUnproven(domain));
      await refuseLockOut(ctx, accountId, domain);
    }
    await ctx.db.update(accountDomain).set({ isRequired }).where(eq(accountDomain.id, domainId));
    await tellOwners(ctx, accountId, { kind: isRequired ? "required" : "released", domain });
    return { accountId, domain, isChanged: true };
  },
  happened: ({ domainId, isRequired }, { accountId, domain, isChanged }) =>
    isChanged
      ? fact(
          isRequired ? "account_domain.required" : "account_domain.released",
          { subjectId: domainId, accountId },
          { domain },
        )
      : null,
});

async function refuseLockOut(ctx: Ctx, accountId: string, domain: string): Promise<void> {
  const issuers = await ctx.db
    .select({ id: identityProvider.id })
    .from(identityProvider)
    .where(and(eq(identityProvider.accountId, accountId), identityProvider.isEnabled));
  if (issuers.length === 0) throw new AppError("conflict", words.errors.noIssuerOfAccount);
  // By this very entry: another account may use the same issuer with a client that works.
  const own = issuers.map(({ id }) => id);
  const [tried] = await ctx.db
    .select({ userId: member.userId })
    .from(member)
    .innerJoin(session, eq(session.userId, member.userId))
    .where(and(eq(member.accountId, accountId), inArray(session.providerId, own)))
    .limit(1);
  if (!tried) throw new AppError("conflict", words.errors.issuerOfAccountUntried);
  const [self] = await ctx.db
    .select({ email: user.email })
    .from(user)
    .where(eq(user.id, actorUserId(ctx.actor) ?? ""));
  if (self && emailDomain(self.email) !== domain) return;
  const sessionId = "sessionId" in ctx.actor ? ctx.actor.sessionId : null;
  const [current] = await ctx.db
    .select({ providerId: session.providerId })
    .from(session)
    .where(eq(session.id, sessionId ?? ""));
  if (!issuers.some(({ id }) => id === current?.providerId))
    throw new AppError("conflict", words.errors.comeThroughIssuerFirst(domain));
}
