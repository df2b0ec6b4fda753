import { asc, eq, isNotNull } from "drizzle-orm";
import { z } from "zod";
import { account } from "#db/schema/accounts.ts";
import { accountDomain } from "#db/schema/identity.ts";
import * as words from "#words/words.ts";
import { fact } from "../facts/fact.ts";
import { command, query } from "../frame/define.ts";
import { lockedDomain } from "./account-domains.ts";
import { tellOwners } from "./tell-owners.ts";

/** Every domain that an account has proven. */
export const listProvenDomains = query({
  permission: "identity:write",
  input: z.strictObject({}),
  run: (ctx) =>
    ctx.db
      .select({
        ...{
          domainId: accountDomain.id,
          domain: accountDomain.domain,
          accountId: account.id,
          accountName: account.name,
        },
        ...{ provenAt: accountDomain.provenAt, missingSince: accountDomain.missingSince },
        isRequired: accountDomain.isRequired,
      })
      .from(accountDomain)
      .innerJoin(account, eq(account.id, accountDomain.accountId))
      .where(isNotNull(accountDomain.provenAt))
      .orderBy(asc(accountDomain.domain)),
});

/**
 * Takes a domain off an account: where its people are locked out because their issuer is gone, or where two companies quarrel about it. Its
 * owners are told the reason.
 */
export const takeDomainOff = command({
  permission: "identity:write",
  needsProof: true,
  input: z.strictObject({ domainId: z.uuid(), reason: z.string().trim().min(1, words.errors.sayWhy).max(500) }),
  run: async (ctx, { domainId, reason }) => {
    const found = await lockedDomain(ctx, domainId);
    await ctx.db.delete(accountDomain).where(eq(accountDomain.id, domainId));
    await tellOwners(ctx, found.accountId, { kind: "taken_off", domain: found.domain, reason });
    return found;
  },
  happened: ({ domainId, reason }, { accountId, domain, isRequired }) =>
    fact("account_domain.removed", { subjectId: domainId, accountId }, { domain, wasRequired: isRequired, reason }),
});
