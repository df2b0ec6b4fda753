import { and, eq } from "drizzle-orm";
import { z } from "zod";
import { report } from "#db/schema/abuse.ts";
import { member } from "#db/schema/accounts.ts";
import { user } from "#db/schema/auth.ts";
import { mail } from "#db/schema/mail.ts";
import { token, tokenLastUse } from "#db/schema/tokens.ts";
import { refusal } from "#db/schema/usage.ts";
import * as deskWords from "#words/desk.ts";
import { fact } from "../facts/fact.ts";
import { decidingPerson } from "../frame/acting-role.ts";
import type { Ctx } from "../frame/context.ts";
import { command } from "../frame/define.ts";
import { notFound } from "../frame/errors.ts";
import { type MaskedKind, maskedKinds } from "../rules/vocabulary.ts";
import { recordView } from "./record-view.ts";

/** Shows something that is masked on the desk, for a reason that is written down with who looked. Never by a key. */
export const unmask = command({
  permission: "personal:unmask",
  needsProof: true,
  input: z.strictObject({
    what: z.enum(maskedKinds),
    /** The member's user id, the report's, the token's or the message's id, or the request's receipt. */
    subjectId: z.union([z.uuid(), z.string().startsWith("rcp_").max(80)]),
    accountId: z.uuid().optional(),
    reason: z.string(deskWords.errors.sayWhyUnmask).trim().min(5, deskWords.errors.sayWhyUnmask).max(500),
  }),
  run: async (ctx, { what, subjectId, accountId, reason }) => {
    decidingPerson(ctx.actor, "unmask");
    const found = await read(ctx, what, subjectId, accountId);
    if (!found) throw notFound("address");
    await recordView(ctx, { accountId: found.accountId, what, subjectId, reason });
    return found;
  },
  happened: (input, { accountId }) =>
    fact("personal.unmasked", { subjectId: input.subjectId, accountId }, { reason: input.reason }),
});

type Unmasked = { value: string; accountId: string | null };

async function read(
  ctx: Ctx,
  what: MaskedKind,
  subjectId: string,
  accountId: string | undefined,
): Promise<Unmasked | null> {
  if (what === "request_address") {
    const [found] = await ctx.db
      .select({ value: refusal.ip, accountId: refusal.accountId })
      .from(refusal)
      .where(eq(refusal.receipt, subjectId))
      .limit(1);
    return found?.value ? { value: found.value, accountId: found.accountId } : null;
  }
  if (!z.uuid().safeParse(subjectId).success) return null;
  if (what === "reporter_email") {
    const [found] = await ctx.db
      .select({ value: report.reporterEmail, accountId: report.accountId })
      .from(report)
      .where(eq(report.id, subjectId));
    return found?.value ? { value: found.value, accountId: found.accountId } : null;
  }
  if (what === "token_address") {
    const [found] = await ctx.db
      .select({ value: tokenLastUse.ip, accountId: token.accountId })
      .from(tokenLastUse)
      .innerJoin(token, eq(token.id, tokenLastUse.tokenId))
      .where(eq(tokenLastUse.tokenId, subjectId));
    return found?.value ? { value: found.value, accountId: found.accountId } : null;
  }
  if (what === "mail_address") {
    const [found] = await ctx.db
      .select({ value: mail.toAddress, accountId: mail.accountId })
      .from(mail)
      .where(eq(mail.id, subjectId));
    return found ?? null;
  }
  if (accountId === undefined) return null;
  const [found] = await ctx.db
    .select({ value: user.email })
    .from(member)
    .innerJoin(user, eq(user.id, member.userId))
    .where(and(eq(member.userId, subjectId), eq(member.accountId, accountId)));
  return found ? { value: found.value, accountId } : null;
}
