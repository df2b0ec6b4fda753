import { z } from "zod";
import { fact } from "../facts/fact.ts";
import type { Ctx } from "../frame/context.ts";
import { command } from "../frame/define.ts";
import { record } from "../frame/record.ts";
import { emailDomain } from "../rules/people/email-domain.ts";
import { issuersOfDomain } from "./issuers-of-domain.ts";
import { judgePassword } from "./judge-password.ts";
import { type OnlyWay, withoutIssuer } from "./only-through.ts";
import { type OpenedSession, openSession } from "./open-session.ts";
import { answerTo, refuseStranger, type StrangerRefusal } from "./refuse-stranger.ts";

export type SignInResult =
  | ({ ok: true } & OpenedSession)
  /** `ways` = the issuers to which the domain of the address leads, whoever has it. */
  | { ok: false; reason: "wrong"; ways?: OnlyWay[] }
  | { ok: false; reason: "code_required" | "wrong_code" }
  /** All they reach is entered through these issuers. */
  | { ok: false; reason: "issuer_only"; ways: OnlyWay[] }
  | { ok: false; reason: "throttled"; retryAfterSeconds: number };

/**
 * Opens a session for the right e-mail and password, and where the person has set up a second step, the right code. A refusal is
 * a result and not an error, because the failed attempt must be recorded. The answer is the same for an unknown e-mail, a wrong
 * password and a disabled user.
 */
export const signIn = command({
  permission: "session:open",
  input: z.strictObject({
    email: z.string().trim().toLowerCase().max(320),
    password: z.string().max(1_000),
    /** Of the authenticator app, or a recovery code. */
    code: z.string().trim().max(40).optional(),
  }),
  prepare: (ctx, { email, password, code }) => judgePassword(ctx, { email, password, hasCode: Boolean(code) }),
  run: async (ctx, { email, code }, judged): Promise<SignInResult> => {
    if (!judged.ok) return refuse(ctx, email, judged);
    const refusal = await refuseStranger(ctx, judged, code);
    if (refusal) return refuse(ctx, email, refusal);
    const entrance = await withoutIssuer(ctx.db, judged.userId);
    if (!entrance.isOpen) return { ok: false, reason: "issuer_only", ways: entrance.ways };
    const opened = await openSession(ctx, { userId: judged.userId, way: "password" });
    return opened ? { ok: true, ...opened } : refuse(ctx, email, { ok: false, reason: "wrong" });
  },
  // `openSession` records its own. A throttled attempt was not tried: recording each would let anybody fill the audit. Being asked for the code is no failure.
  happened: (input, result) => {
    if (result.ok) return null;
    if (["throttled", "code_required", "issuer_only"].includes(result.reason)) return null;
    return refusedFor(input.email);
  },
});

const refusedFor = (email: string) => fact("session.refused", { subjectId: email, accountId: null });

async function refuse(ctx: Ctx, email: string, refusal: StrangerRefusal): Promise<SignInResult> {
  // It is answered like a wait, but it was judged.
  if (refusal.reason === "silent") await record(ctx, refusedFor(email));
  const answer = answerTo(refusal);
  if (answer.reason !== "wrong") return answer;
  const ways = await issuersOfDomain(ctx.db, emailDomain(email));
  return ways.length === 0 ? { ok: false, reason: "wrong" } : { ok: false, reason: "wrong", ways };
}
