import { and, eq, isNotNull, isNull } from "drizzle-orm";
import { z } from "zod";
import { account } from "#db/schema/accounts.ts";
import { session, staffMember } from "#db/schema/auth.ts";
import { identityProvider, personIdentity } from "#db/schema/identity.ts";
import * as deskWords from "#words/desk.ts";
import { seal } from "../auth/seal.ts";
import { tellAdmins } from "../auth/tell-of-change.ts";
import { changesBetween } from "../facts/changes.ts";
import { fact } from "../facts/fact.ts";
import { atMost } from "../frame/at-most.ts";
import { actorName, actorUserId, type Ctx } from "../frame/context.ts";
import { command } from "../frame/define.ts";
import { AppError, invalid, notFound } from "../frame/errors.ts";
import { numberOrText } from "../frame/given-as-text.ts";
import { isErased } from "../frame/is-erased.ts";
import { keptIfLeftOut } from "../frame/whole-input.ts";
import { secretPurpose } from "./discover.ts";
import { findProvider } from "./find-provider.ts";
import { clientSecret, providerFields, refuseMismatch } from "./provider-input.ts";

const mostProviders = 200;

/** Adds an issuer through which people sign in. Every admin gets a mail: whoever runs it can say who somebody is. */
export const addProvider = command({
  permission: "identity:write",
  needsProof: true,
  input: z.strictObject({ ...providerFields, clientSecret }),
  run: async (ctx, { clientSecret, ...input }) => {
    refuseMismatch(input);
    await refuseNoAccount(ctx, input.accountId);
    await atMost(ctx, {
      ...{ accountId: null, what: "issuers", most: mostProviders },
      count: () => ctx.db.$count(identityProvider),
      refusal: new AppError("conflict", deskWords.errors.tooManyIssuers(mostProviders)),
    });
    if (input.isOnlyWay) await refuseLockOut(ctx, input);
    const id = crypto.randomUUID();
    await ctx.db.insert(identityProvider).values({
      ...{ ...input, id, clientSecretSealed: seal(secretPurpose, id, clientSecret) },
      ...{ createdAt: ctx.now, changedAt: ctx.now, editorUserIds: editors(ctx, []) },
    });
    await tellAdmins(
      ctx,
      { kind: "issuer_changed", what: "added", provider: input.name, by: actorName(ctx.actor) },
      input,
    );
    return { providerId: id };
  },
  happened: ({ clientSecret: _, ...input }, { providerId }) =>
    fact("identity_provider.added", { subjectId: providerId, accountId: input.accountId }, input),
});

/** Changes an issuer, and who gets which role through it. Without `clientSecret` the old one stays. */
export const changeProvider = command({
  permission: "identity:write",
  needsProof: true,
  input: z.strictObject({
    ...providerFields,
    providerId: z.uuid(),
    version: numberOrText(z.number().int()),
    clientSecret: keptIfLeftOut(clientSecret.optional()),
  }),
  run: async (ctx, { providerId, version, clientSecret, ...input }) => {
    refuseMismatch(input);
    await refuseNoAccount(ctx, input.accountId);
    const found = await findProvider(ctx, providerId);
    // A secret goes to no other issuer than the one it was given for.
    if (found.issuer !== input.issuer && clientSecret === undefined)
      throw invalid("clientSecret", deskWords.errors.clientSecretAgain);
    if (input.isOnlyWay && input.isEnabled) await refuseLockOut(ctx, input);
    const [changed] = await ctx.db
      .update(identityProvider)
      .set({
        ...input,
        ...(clientSecret === undefined ? {} : { clientSecretSealed: seal(secretPurpose, providerId, clientSecret) }),
        ...{ changedAt: ctx.now, version: version + 1, editorUserIds: editors(ctx, found.editorUserIds) },
      })
      .where(and(eq(identityProvider.id, providerId), eq(identityProvider.version, version)))
      .returning({ version: identityProvider.version });
    if (!changed) throw new AppError("conflict", deskWords.errors.issuerChanged);
    await tellAdmins(
      ctx,
      { kind: "issuer_changed", what: "changed", provider: input.name, by: actorName(ctx.actor) },
      input,
    );
    const { id: _id, clientSecretSealed: _sealed, editorUserIds: _editors, version: _version, ...was } = found;
    return { ...changed, changes: changesBetween(was, input) };
  },
  happened: ({ clientSecret, providerId, accountId, name }, { changes }) =>
    fact(
      "identity_provider.changed",
      { subjectId: providerId, accountId },
      { name, changes, ...(clientSecret === undefined ? {} : { isNewSecret: true }) },
    ),
});

/** Removes an issuer. Sessions that came through it end; people and roles stay, and so does who is who at the issuer. */
export const removeProvider = command({
  permission: "identity:write",
  needsProof: true,
  input: z.strictObject({ providerId: z.uuid() }),
  run: async (ctx, { providerId }) => {
    const { name, accountId } = await findProvider(ctx, providerId);
    const ended = await ctx.db
      .update(session)
      .set({ revokedAt: ctx.now })
      .where(and(eq(session.providerId, providerId), isNull(session.revokedAt)))
      .returning({ id: session.id });
    await ctx.db.delete(identityProvider).where(eq(identityProvider.id, providerId));
    const change = { kind: "issuer_changed" as const, what: "removed" as const, provider: name };
    await tellAdmins(ctx, { ...change, by: actorName(ctx.actor) }, { accountId });
    return { name, accountId, sessions: ended.length };
  },
  happened: ({ providerId }, { name, accountId, sessions }) =>
    fact("identity_provider.removed", { subjectId: providerId, accountId }, { name, sessions }),
});

async function refuseNoAccount(ctx: Ctx, accountId: string | null): Promise<void> {
  if (accountId === null) return;
  if ((await ctx.db.$count(account, eq(account.id, accountId))) === 0) throw notFound("account");
  if (await isErased(ctx, accountId)) throw new AppError("conflict", deskWords.errors.accountIsErased);
}

/** Everybody who has had a hand in it, each once. */
function editors({ actor }: Ctx, before: readonly string[]): string[] {
  const userId = actorUserId(actor);
  return [...new Set([...before, ...(userId === null ? [] : [userId])])];
}

/**
 * Before staff get in through one issuer only: an admin must have come in through it, or nobody may after, and one must be able to go
 * around it when it is away.
 */
async function refuseLockOut(ctx: Ctx, { audience, issuer }: { audience: string; issuer: string }): Promise<void> {
  if (audience !== "staff") return;
  const [tried] = await ctx.db
    .select({ userId: personIdentity.userId })
    .from(personIdentity)
    .innerJoin(staffMember, eq(staffMember.userId, personIdentity.userId))
    .where(and(eq(personIdentity.issuer, issuer), eq(staffMember.role, "admin"), isNull(staffMember.endedAt)))
    .limit(1);
  if (!tried) throw new AppError("conflict", deskWords.errors.issuerUntried);
  const [spare] = await ctx.db
    .select({ userId: staffMember.userId })
    .from(staffMember)
    .where(and(isNotNull(staffMember.breakGlassSince), isNull(staffMember.endedAt)));
  if (!spare) throw new AppError("conflict", deskWords.errors.noBreakGlass);
}
