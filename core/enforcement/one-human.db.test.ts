import { eq } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { staffRoleGrant, user } from "#db/schema/auth.ts";
import { action } from "#db/schema/enforcement.ts";
import { type TestDatabase, testDatabase } from "#db/testing.ts";
import * as deskWords from "#words/desk.ts";
import { protectAccount } from "../accounts/change-terms.ts";
import { decideAppeal } from "../appeals/decide-appeal.ts";
import { submitAppeal } from "../appeals/submit-appeal.ts";
import { takeAppeal } from "../appeals/take-appeal.ts";
import type { Ctx } from "../frame/context.ts";
import { acceptInvitation } from "../invitations/accept-invitation.ts";
import { inviteStaff } from "../invitations/invite.ts";
import { resendStaffInvitation } from "../invitations/resend-invitation.ts";
import { hourMs } from "../rules/time.ts";
import type { StaffRole } from "../rules/vocabulary.ts";
import { blockPerson, unblockPerson } from "../staff/block-person.ts";
import { changeStaffRole, removeStaff } from "../staff/change-staff.ts";
import { accountWith, ctxOf, staffCtx, testNow } from "../testing.ts";
import { approveAction } from "./approve-action.ts";
import { approveBatch } from "./approve-batch.ts";
import { imposeAction } from "./impose-action.ts";
import { imposeBatch } from "./impose-batch.ts";
import { listActions } from "./list-actions.ts";

/** One human being with two names on the staff is one pair of eyes. */

let test: TestDatabase;
let serial = 0;
beforeAll(async () => {
  test = await testDatabase();
});
afterAll(() => test.close());

const grounds = {
  reasonCode: "rate_excess" as const,
  publicText: "Your client ignores its limit.",
  internalNote: "See the chart.",
};
const idOf = ({ actor }: Ctx) => ("userId" in actor ? actor.userId : "");
const later = (ctx: Ctx, hours: number): Ctx => ({ ...ctx, now: new Date(testNow.getTime() + hours * hourMs) });
const prove = (ctx: Ctx) =>
  test.db
    .update(user)
    .set({ emailVerifiedAt: testNow })
    .where(eq(user.id, idOf(ctx)));

/** An admin invites a colleague and takes the link themselves. */
async function puppetOf(maker: Ctx, role: StaffRole): Promise<Ctx> {
  const email = `second.pair.${++serial}@example.com`;
  const { secret } = await inviteStaff(maker, { email, role });
  const made = await acceptInvitation(ctxOf(test.db, { kind: "visitor" }), {
    ...{ secret: secret ?? "", name: "Second Pair", password: "correct horse battery" },
  });
  if (!made.ok) throw new Error("refused");
  return ctxOf(test.db, { kind: "staff", userId: made.userId, sessionId: null, name: "Second Pair", role });
}

const anAccount = async () => accountWith(test.db, `Velvet Events ${++serial}`);
async function termination(author: Ctx) {
  const { accountId } = await anAccount();
  return imposeAction(author, { accountId, type: "termination", ...grounds });
}
const stateOf = async (actionId: string) =>
  (await test.db.select({ state: action.state }).from(action).where(eq(action.id, actionId)))[0]?.state;
const refusal = (message: string) => ({ code: "forbidden", message: expect.stringContaining(message) });
const oneHand = refusal("were given by one person within the last 24 hours");
const unproven = refusal("Nobody has proven your e-mail address");

describe("the approval of an admin's own proposal", () => {
  it("does not count from a colleague they made, until the address is proven and a day has passed", async () => {
    const ada = await staffCtx(test.db, "admin");
    const { actionId } = await termination(ada);
    const puppet = await puppetOf(ada, "lead");
    await expect(approveAction(puppet, { actionId })).rejects.toMatchObject(unproven);
    await expect(approveAction(later(puppet, 48), { actionId })).rejects.toMatchObject(unproven);
    await prove(puppet);
    await expect(approveAction(puppet, { actionId })).rejects.toMatchObject(oneHand);
    const [seen] = await listActions(puppet, { waitsFor: "approval" });
    expect(seen).toMatchObject({ id: actionId, notTwo: { code: "one_hand" } });
    const untilMs = testNow.getTime() + 24 * hourMs;
    await expect(approveAction(later(puppet, 23.9), { actionId })).rejects.toMatchObject(
      refusal(deskWords.objection({ code: "one_hand", untilMs })),
    );
    expect(await stateOf(actionId)).toBe("pending_approval");
    await approveAction(later(puppet, 24), { actionId });
    expect(await stateOf(actionId)).toBe("applying");
  });

  it("does not count where the colleague proposes and the admin approves, nor between two whom one admin made", async () => {
    const ada = await staffCtx(test.db, "admin");
    const first = await puppetOf(ada, "lead");
    const second = await puppetOf(ada, "lead");
    const { actionId } = await termination(first);
    await expect(approveAction(ada, { actionId })).rejects.toMatchObject(
      refusal("Nobody has proven the e-mail address of whoever proposed this"),
    );
    await prove(first);
    await prove(second);
    for (const approver of [ada, second])
      await expect(approveAction(approver, { actionId })).rejects.toMatchObject(oneHand);
    await approveAction(await staffCtx(test.db, "lead"), { actionId });
  });

  it("does not count from whom they gave a role, nor over another colleague", async () => {
    const ada = await staffCtx(test.db, "admin");
    const bea = await staffCtx(test.db, "lead");
    const { actionId } = await termination(ada);
    await changeStaffRole(ada, { userId: idOf(bea), role: "admin" });
    const asAdmin = { ...bea, actor: { ...bea.actor, role: "admin" } } as Ctx;
    await expect(approveAction(asAdmin, { actionId })).rejects.toMatchObject(oneHand);
    const third = await puppetOf(asAdmin, "lead");
    await prove(third);
    await expect(approveAction(third, { actionId })).rejects.toMatchObject(oneHand);
    await approveAction(later(asAdmin, 24), { actionId });
  });

  it("does not count for an emergency or a batch either", async () => {
    const ada = await staffCtx(test.db, "admin");
    const puppet = await puppetOf(ada, "admin");
    await prove(puppet);
    const { accountId } = await anAccount();
    const rushed = await imposeAction(ada, {
      ...{ accountId, type: "suspension", forGood: true, emergency: true, ...grounds },
    });
    await expect(approveAction(puppet, { actionId: rushed.actionId })).rejects.toMatchObject(oneHand);
    const accountIds = [];
    for (let i = 0; i < 11; i += 1) accountIds.push((await anAccount()).accountId);
    const { batchId } = await imposeBatch(ada, {
      ...{ accountIds, type: "suspension", durationHours: 24, ...grounds },
    });
    await expect(approveBatch(puppet, { batchId: batchId ?? "" })).rejects.toMatchObject(oneHand);
  });
});

describe("what else two people are asked for", () => {
  it("the protection of an account is not off for who may be the one that took it off", async () => {
    const ada = await staffCtx(test.db, "admin");
    const puppet = await puppetOf(ada, "lead");
    await prove(puppet);
    const throttle = { type: "throttle" as const, factor: 0.5, durationHours: 24, ...grounds };
    const other = await staffCtx(test.db, "lead");
    for (const [takesOff, acts, state] of [
      [puppet, ada, "pending_approval"],
      [ada, puppet, "pending_approval"],
      [ada, other, "applying"],
    ] as const) {
      const { accountId } = await anAccount();
      await protectAccount(takesOff, { accountId, isProtected: true });
      await protectAccount(takesOff, { accountId, isProtected: false });
      expect(await imposeAction(acts, { accountId, ...throttle })).toMatchObject({ state });
    }
  });

  it("an appeal is not decided by who may have imposed the action", async () => {
    const ada = await staffCtx(test.db, "admin");
    const { accountId, memberCtx } = await anAccount();
    const throttle = { type: "throttle" as const, factor: 0.5, durationHours: 24, ...grounds };
    const { actionId } = await imposeAction(ada, { accountId, ...throttle });
    const owner = await memberCtx("owner");
    const { appealId } = await submitAppeal(owner, {
      ...{ actionId, cause: "A loop in 4.2.", changed: "We wait now.", prevention: "A test covers it." },
    });
    const puppet = await puppetOf(ada, "lead");
    await expect(takeAppeal(puppet, { appealId })).rejects.toMatchObject(oneHand);
    const decision = { appealId, version: 1, decision: "rejected" as const, text: "It stands as it is." };
    await expect(decideAppeal(puppet, decision)).rejects.toMatchObject(oneHand);
    await decideAppeal(later(puppet, 25), decision);
  });

  it("stays tied when they give themselves a role, or an honest colleague gives them another one", async () => {
    const [ada, honest] = [await staffCtx(test.db, "admin"), await staffCtx(test.db, "admin")];
    const puppet = await puppetOf(ada, "admin");
    await prove(puppet);
    await expect(changeStaffRole(puppet, { userId: idOf(puppet), role: "lead" })).rejects.toMatchObject({
      code: "forbidden",
    });
    await expect(changeStaffRole(honest, { userId: idOf(puppet), role: "admin" })).rejects.toMatchObject({
      code: "conflict",
    });
    await changeStaffRole(honest, { userId: idOf(puppet), role: "lead" });
    const { actionId } = await termination(ada);
    const asLead = { ...puppet, actor: { ...puppet.actor, role: "lead" } } as Ctx;
    await expect(approveAction(asLead, { actionId })).rejects.toMatchObject(oneHand);
  });

  it("stays tied to whoever invited first when a colleague sends the invitation again", async () => {
    const [ada, honest] = [await staffCtx(test.db, "admin"), await staffCtx(test.db, "admin")];
    const email = `sent.again.${++serial}@example.com`;
    const { id } = await inviteStaff(ada, { email, role: "lead" });
    const { secret } = await resendStaffInvitation(honest, { invitationId: id });
    const made = await acceptInvitation(ctxOf(test.db, { kind: "visitor" }), {
      ...{ secret: secret ?? "", name: "Sent Again", password: "correct horse battery" },
    });
    if (!made.ok) throw new Error("refused");
    const puppet = ctxOf(test.db, {
      kind: "staff",
      userId: made.userId,
      sessionId: null,
      name: "Sent Again",
      role: "lead",
    });
    await prove(puppet);
    const { actionId } = await termination(ada);
    await expect(approveAction(puppet, { actionId })).rejects.toMatchObject(oneHand);
  });

  it("does not count for a proposal of somebody who is blocked or was removed", async () => {
    const [ada, bob] = [await staffCtx(test.db, "admin"), await staffCtx(test.db, "admin")];
    const { actionId } = await termination(ada);
    const { actionId: another } = await termination(ada);
    await blockPerson(bob, { userId: idOf(ada), reason: "Reported as taken over." });
    await expect(approveAction(bob, { actionId })).rejects.toMatchObject(refusal("blocked or no longer staff"));
    await unblockPerson(bob, { userId: idOf(ada), reason: "It was them." });
    await removeStaff(bob, { userId: idOf(ada) });
    await expect(approveAction(bob, { actionId: another })).rejects.toMatchObject(
      refusal("blocked or no longer staff"),
    );
  });

  it("a role from the operator ties nobody", async () => {
    const lead = await staffCtx(test.db, "lead");
    expect(await test.db.$count(staffRoleGrant, eq(staffRoleGrant.userId, idOf(lead)))).toBe(0);
    const { actionId } = await termination(lead);
    await approveAction(await staffCtx(test.db, "lead"), { actionId });
  });
});
