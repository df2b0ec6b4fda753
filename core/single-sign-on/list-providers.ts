import { and, asc, count, eq, inArray, isNotNull, isNull } from "drizzle-orm";
import { z } from "zod";
import { account, member } from "#db/schema/accounts.ts";
import { staffMember, user } from "#db/schema/auth.ts";
import { identityProvider, personIdentity } from "#db/schema/identity.ts";
import { secondStepExists } from "../auth/has-second-step.ts";
import { onlyWays, waysToAccount, waysToDesk } from "../auth/only-through.ts";
import { actorUserId } from "../frame/context.ts";
import { query } from "../frame/define.ts";
import { callbackUrl, logoutUrl } from "./flow.ts";

/** Every issuer with its settings, and the addresses that its client needs. Never its secret. */
export const listProviders = query({
  permission: "identity:write",
  input: z.strictObject({}),
  run: async (ctx) => {
    const rows = await ctx.db
      .select({
        providerId: identityProvider.id,
        name: identityProvider.name,
        issuer: identityProvider.issuer,
        clientId: identityProvider.clientId,
        audience: identityProvider.audience,
        accountId: identityProvider.accountId,
        accountName: account.name,
        isEnabled: identityProvider.isEnabled,
        isOnlyWay: identityProvider.isOnlyWay,
        checksSecondStep: identityProvider.checksSecondStep,
        defaultRole: identityProvider.defaultRole,
        roleRules: identityProvider.roleRules,
        version: identityProvider.version,
      })
      .from(identityProvider)
      .leftJoin(account, eq(account.id, identityProvider.accountId))
      .orderBy(asc(identityProvider.createdAt), asc(identityProvider.id));
    const linked = await ctx.db
      .select({ issuer: personIdentity.issuer, people: count() })
      .from(personIdentity)
      .groupBy(personIdentity.issuer);
    const people = new Map(linked.map((one) => [one.issuer, one.people]));
    return rows.map((row) => ({
      ...row,
      people: people.get(row.issuer) ?? 0,
      callbackUrl: callbackUrl(row.providerId),
      logoutUrl: logoutUrl(row.providerId),
    }));
  },
});

/** The admins, and who of them may go around single sign-on. */
export const listBreakGlass = query({
  permission: "identity:write",
  input: z.strictObject({}),
  run: (ctx) =>
    ctx.db
      .select({
        userId: user.id,
        name: user.name,
        since: staffMember.breakGlassSince,
        hasSecondStep: secondStepExists(),
      })
      .from(staffMember)
      .innerJoin(user, and(eq(user.id, staffMember.userId), isNull(user.disabledAt)))
      .where(and(eq(staffMember.role, "admin"), isNull(staffMember.endedAt), isNotNull(user.passwordHash)))
      .orderBy(asc(user.name)),
});

/** Where the person's own places are entered through issuers only: those issuers. */
export const listOwnOnlyWays = query({
  permission: "session:own",
  input: z.strictObject({}),
  run: async (ctx) => {
    const userId = actorUserId(ctx.actor) ?? "";
    const kept = await onlyWays(ctx.db, userId);
    const accounts = await ctx.db.select({ id: member.accountId }).from(member).where(eq(member.userId, userId));
    const desk = await waysToDesk(ctx.db, kept, userId);
    const ways = [...(desk?.ways ?? []), ...accounts.flatMap(({ id }) => waysToAccount(kept, id))];
    return [...new Map(ways.map((way) => [way.id, way])).values()];
  },
});

/** The issuers that the sign-in page offers. Those of one account are not among them: it would tell whose customers they are. */
export const listWaysIn = query({
  permission: "session:open",
  input: z.strictObject({}),
  run: (ctx) =>
    ctx.db
      .select({ providerId: identityProvider.id, name: identityProvider.name, audience: identityProvider.audience })
      .from(identityProvider)
      .where(and(identityProvider.isEnabled, inArray(identityProvider.audience, ["staff", "members"])))
      .orderBy(asc(identityProvider.createdAt), asc(identityProvider.id)),
});
