import { and, eq, isNull } from "drizzle-orm";
import { z } from "zod";
import { account, member } from "#db/schema/accounts.ts";
import { invitation, staffMember, user } from "#db/schema/auth.ts";
import * as deskWords from "#words/desk.ts";
import * as words from "#words/words.ts";
import { newLinkSecret } from "../auth/link-secret.ts";
import { withdrawOthers } from "../auth/withdraw-invitations.ts";
import { fact } from "../facts/fact.ts";
import { answeringUserId, type Ctx } from "../frame/context.ts";
import { command } from "../frame/define.ts";
import { AppError } from "../frame/errors.ts";
import { isClosed } from "../frame/is-closed.ts";
import { isErased } from "../frame/is-erased.ts";
import { record } from "../frame/record.ts";
import { accountOf } from "../frame/scope.ts";
import { refuseToken } from "../members/refuse-token.ts";
import { dayMs } from "../rules/time.ts";
import { type MemberRole, memberRoles, staffRoles } from "../rules/vocabulary.ts";
import { hasMailServer } from "../runtime/env.ts";
import { type Handover, sendInvitation } from "./send-invitation.ts";

const validDays = 7;
const email = z.string().trim().toLowerCase().pipe(z.email(words.errors.enterEmailLike));

/** Invites a person into the actor's own account. The link goes to their address; without a mail server its secret is returned, once. */
export const inviteMember = command({
  permission: "members:write",
  needsProof: ({ role }) => role === "owner",
  input: z.strictObject({ email, role: z.enum(memberRoles) }),
  run: async (ctx, input) => {
    const accountId = accountOf(ctx, undefined);
    if (input.role === "owner") refuseToken(ctx.actor);
    const [already] = await ctx.db
      .select({ userId: member.userId })
      .from(member)
      .innerJoin(user, eq(user.id, member.userId))
      .where(and(eq(member.accountId, accountId), eq(user.email, input.email)));
    if (already)
      throw new AppError("conflict", words.errors.alreadyMember(input.email), {
        fields: { email: words.errors.alreadyMember(input.email) },
      });
    return { ...(await insertInvitation(ctx, { kind: "member", ...input, accountId })), accountId };
  },
  happened: (input, result) =>
    fact(
      "member.invited",
      { subjectId: result.id, accountId: result.accountId },
      { email: input.email, role: input.role, isMailed: result.sentTo !== null },
    ),
});

/** Invites the first owner of an account, by staff. */
export const inviteOwner = command({
  permission: "account:create",
  needsProof: true,
  input: z.strictObject({ accountId: z.uuid(), email }),
  run: async (ctx, input) => {
    const [found] = await ctx.db.select({ id: account.id }).from(account).where(eq(account.id, input.accountId));
    if (!found) throw new AppError("not_found", deskWords.errors.accountUnknown);
    if (await isErased(ctx, input.accountId)) throw new AppError("conflict", deskWords.errors.accountIsErased);
    if (await isClosed(ctx, input.accountId)) throw new AppError("conflict", deskWords.errors.accountIsClosed);
    return insertInvitation(ctx, { kind: "member", email: input.email, role: "owner", accountId: input.accountId });
  },
  happened: (input, result) =>
    fact(
      "member.invited",
      { subjectId: result.id, accountId: input.accountId },
      { email: input.email, role: "owner", isMailed: result.sentTo !== null },
    ),
});

type InvitedByProvider = { accountId: string; email: string; role: MemberRole };

/** Invites a person into an account because the provider's own systems name them. Records it. */
export async function inviteForProvider(ctx: Ctx, { accountId, email, role }: InvitedByProvider) {
  const made = await insertInvitation(ctx, { kind: "member", email, role, accountId });
  const data = { email, role, isMailed: made.sentTo !== null };
  await record(ctx, fact("member.invited", { subjectId: made.id, accountId }, data));
  return made;
}

/** Invites a person of the provider. */
export const inviteStaff = command({
  permission: "staff:write",
  needsProof: true,
  input: z.strictObject({ email, role: z.enum(staffRoles) }),
  run: async (ctx, input) => {
    const [already] = await ctx.db
      .select({ userId: staffMember.userId })
      .from(staffMember)
      .innerJoin(user, eq(user.id, staffMember.userId))
      .where(and(isNull(staffMember.endedAt), eq(user.email, input.email)));
    if (already)
      throw new AppError("conflict", deskWords.errors.alreadyStaff(input.email), {
        fields: { email: deskWords.errors.alreadyStaff(input.email) },
      });
    return insertInvitation(ctx, { kind: "staff", ...input, accountId: null });
  },
  happened: (input, result) =>
    fact(
      "staff.invited",
      { subjectId: result.id, accountId: null },
      { email: input.email, role: input.role, isMailed: result.sentTo !== null },
    ),
});

type NewInvitation = { kind: "member" | "staff"; email: string; role: string; accountId: string | null };

/** A newer link to the same person takes the place of an older one, which may have gone astray. */
async function insertInvitation(ctx: Ctx, values: NewInvitation): Promise<{ id: string } & Handover> {
  const { secret, ...renewed } = newLink(ctx);
  const [made] = await ctx.db
    .insert(invitation)
    .values({ ...values, ...renewed, createdAt: ctx.now, invitedByUserId: answeringUserId(ctx.actor) })
    .returning({ id: invitation.id });
  if (!made) throw new Error("The invitation row was not written.");
  await withdrawOthers(ctx, values, values.email, made.id);
  const { id } = made;
  return { id, ...(await sendInvitation(ctx, { id, ...values }, { secret, expiresAt: renewed.expiresAt })) };
}

/** A fresh secret with what is kept of it. Only a link that is mailed proves the address. */
export function newLink(ctx: Ctx) {
  const expiresAt = new Date(ctx.now.getTime() + validDays * dayMs);
  return { ...newLinkSecret(), expiresAt, provenBy: hasMailServer() ? ("mail" as const) : null };
}
