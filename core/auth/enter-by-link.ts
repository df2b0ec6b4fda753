import { and, eq, gt, isNull } from "drizzle-orm";
import { z } from "zod";
import { user } from "#db/schema/auth.ts";
import { signInLink } from "#db/schema/ways-in.ts";
import * as words from "#words/words.ts";
import { fact } from "../facts/fact.ts";
import type { Ctx } from "../frame/context.ts";
import { command, query } from "../frame/define.ts";
import { AppError, invalid } from "../frame/errors.ts";
import { record } from "../frame/record.ts";
import { checkSecondStep } from "./check-second-step.ts";
import { forgetAllTries } from "./count-try.ts";
import { secondStepExists } from "./has-second-step.ts";
import { throttled } from "./judge-password.ts";
import { hashLinkSecret } from "./link-secret.ts";
import { openSession } from "./open-session.ts";
import { proveAddress } from "./prove-address.ts";
import { allowsSignInLinks, isStaff } from "./request-sign-in-link.ts";
import type { SignInResult } from "./sign-in.ts";

const secret = z.string().max(200);
/** What the browser keeps since it asked; empty = it did not ask. */
const browser = z.string().max(100);

/**
 * Whom a one-time link signs in, for the page behind it; it stays unused. Null = it was used, is over, or never was; `elsewhere` =
 * another browser asked for it, and this one learns nothing.
 */
export const findSignInLink = query({
  permission: "session:open",
  input: z.strictObject({ secret, browser }),
  run: async (ctx, input) => {
    const found = await findLink(ctx, input.secret);
    if (!found) return null;
    if (found.browserHash !== hashLinkSecret(input.browser)) return "elsewhere" as const;
    const [person] = await ctx.db
      .select({ email: user.email, verifiedAt: user.emailVerifiedAt, hasSecondStep: secondStepExists() })
      .from(user)
      .where(eq(user.id, found.userId));
    if (!person) return null;
    const isUnproven = person.verifiedAt === null;
    return { email: person.email, isUnproven, asksCode: !isUnproven && person.hasSecondStep };
  },
});

/**
 * Signs a member in by a one-time link, in the browser that asked for it, and proves their address. Who has a second step gives the code,
 * and a wrong one leaves the link unused. Of the same link used at the same time, one works.
 */
export const enterByLink = command({
  permission: "session:open",
  input: z.strictObject({
    secret,
    browser,
    /** Of the authenticator app, or a recovery code. */
    code: z.string().trim().max(40).optional(),
    /** Needed for the first proof of an address. */
    name: z.string().trim().max(100).optional(),
  }),
  run: async (ctx, input): Promise<SignInResult> => {
    const person = await personOf(ctx, input);
    // A person whom nobody has proven may have a stranger's second step: it goes with the proof.
    const second =
      person.verifiedAt === null ? "none" : await checkSecondStep(ctx, { ...person, isStranger: true }, input.code);
    if (second === "required") return { ok: false, reason: "code_required" };
    if (second === "wrong") {
      await record(ctx, fact("session.refused", { subjectId: person.email, accountId: null }));
      return { ok: false, reason: "wrong_code" };
    }
    if (typeof second === "object") return throttled(second.waitSeconds);
    await ctx.db.update(signInLink).set({ usedAt: ctx.now }).where(eq(signInLink.id, person.linkId));
    if (person.verifiedAt === null) {
      if (!input.name) throw invalid("name", words.errors.enterYourName);
      await ctx.db.update(user).set({ passwordHash: null }).where(eq(user.id, person.userId));
      await proveAddress(ctx, person.userId, input.name);
    }
    await forgetAllTries(ctx, person.email);
    const opened = await openSession(ctx, { userId: person.userId, way: "email_link" });
    if (!opened) throw overLink();
    return { ok: true, ...opened };
  },
  // `openSession` records its own, and a wrong code is recorded above.
  happened: () => null,
});

async function findLink(ctx: Ctx, text: string) {
  if (!allowsSignInLinks()) return undefined;
  const [found] = await ctx.db
    .select({ id: signInLink.id, userId: signInLink.userId, browserHash: signInLink.browserHash })
    .from(signInLink)
    .innerJoin(user, and(eq(user.id, signInLink.userId), isNull(user.disabledAt)))
    .where(
      and(
        eq(signInLink.secretHash, hashLinkSecret(text)),
        isNull(signInLink.usedAt),
        gt(signInLink.expiresAt, ctx.now),
      ),
    );
  return found;
}

/** The person, whose row is locked until the commit; under that lock the link is looked at again. */
async function personOf(ctx: Ctx, input: { secret: string; browser: string }) {
  const seen = await findLink(ctx, input.secret);
  if (!seen) throw overLink();
  if (seen.browserHash !== hashLinkSecret(input.browser)) throw new AppError("forbidden", words.errors.openWhereAsked);
  const [person] = await ctx.db
    .select({ userId: user.id, email: user.email, verifiedAt: user.emailVerifiedAt })
    .from(user)
    .where(eq(user.id, seen.userId))
    .for("update");
  const still = await findLink(ctx, input.secret);
  if (!person || !still || (await isStaff(ctx, person.userId))) throw overLink();
  return { ...person, linkId: still.id };
}

function overLink(): AppError {
  return new AppError("gone", words.errors.linkOver);
}
