import { and, eq } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { flag } from "#db/schema/abuse.ts";
import { account } from "#db/schema/accounts.ts";
import { action, notice } from "#db/schema/enforcement.ts";
import { mail } from "#db/schema/mail.ts";
import { token } from "#db/schema/tokens.ts";
import { type TestDatabase, testDatabase } from "#db/testing.ts";
import { recordSignals } from "../detection/record-signals.ts";
import { type Ctx, jobCtx } from "../frame/context.ts";
import { acknowledgeNotice } from "../notices/acknowledge-notice.ts";
import { listNotices } from "../notices/list-notices.ts";
import { mailNotice } from "../notices/mail-notice.ts";
import { type ActionType, type StaffRole, staffRoles } from "../rules/vocabulary.ts";
import { accountWith, probingSignal, staffCtx, testNow, withKey } from "../testing.ts";
import { createToken } from "../tokens/create-token.ts";
import { approveAction } from "./approve-action.ts";
import { cancelAction } from "./cancel-action.ts";
import { getStanding } from "./get-standing.ts";
import { imposeAction } from "./impose-action.ts";
import { liftAction } from "./lift-action.ts";
import { settleActions } from "./settle-actions.ts";
import { undoAction } from "./undo-action.ts";

const hour = 3_600_000;
const day = 24 * hour;
const facts = {
  reasonCode: "rate_excess" as const,
  publicText: "Your client ignores its limit.",
  internalNote: "chart",
};
const at = (ms: number) => new Date(testNow.getTime() + ms);
const later = (ctx: Ctx, ms: number): Ctx => ({ ...ctx, now: at(ms) });

let test: TestDatabase;
beforeAll(async () => {
  test = await testDatabase();
});
afterAll(() => test.close());
const settle = (ms: number) => settleActions(jobCtx(test.db, "Gatehouse", at(ms)), {});
const rowOf = async (id: string) => {
  const [row] = await test.db
    .select({ state: action.state, endsAt: action.endsAt, lapsesAt: action.lapsesAt, endReason: action.endReason })
    .from(action)
    .where(eq(action.id, id));
  return row;
};
const standing = async (owner: Ctx, ms = 0) => (await getStanding(later(owner, ms), {})).standing;

describe("who may do what, through the use cases", () => {
  const rows: [string, { type: ActionType; durationHours?: number; forGood?: boolean }, Record<StaffRole, string>][] = [
    ["notice", { type: "notice" }, { support: "active", reviewer: "active", lead: "active", admin: "active" }],
    [
      "throttle",
      { type: "throttle", durationHours: 72 },
      { support: "applying", reviewer: "applying", lead: "applying", admin: "applying" },
    ],
    [
      "token pause",
      { type: "token_pause", durationHours: 24 },
      { support: "applying", reviewer: "applying", lead: "applying", admin: "applying" },
    ],
    [
      "suspension for 24 hours",
      { type: "suspension", durationHours: 24 },
      { support: "applying, lapses", reviewer: "applying", lead: "applying", admin: "applying" },
    ],
    [
      "suspension for 30 days",
      { type: "suspension", durationHours: 720 },
      { support: "pending_approval", reviewer: "applying", lead: "applying", admin: "applying" },
    ],
    [
      "suspension for 90 days",
      { type: "suspension", durationHours: 2_160 },
      { support: "pending_approval", reviewer: "pending_approval", lead: "applying", admin: "applying" },
    ],
    [
      "suspension for good",
      { type: "suspension", forGood: true },
      {
        support: "pending_approval",
        reviewer: "pending_approval",
        lead: "pending_approval",
        admin: "pending_approval",
      },
    ],
    [
      "termination",
      { type: "termination" },
      {
        support: "pending_approval",
        reviewer: "pending_approval",
        lead: "pending_approval",
        admin: "pending_approval",
      },
    ],
  ];
  it.each(rows)("%s", async (_name, terms, expected) => {
    const found: Record<string, string> = {};
    for (const role of staffRoles) {
      const { accountId, memberCtx } = await accountWith(test.db, `Table ${role}`);
      const { tokenId } = await createToken(await memberCtx("owner"), { name: "one" });
      const narrowed = terms.type === "token_pause" ? { tokenId } : terms.type === "throttle" ? { factor: 0.5 } : {};
      const made = await imposeAction(await staffCtx(test.db, role), { accountId, ...facts, ...terms, ...narrowed });
      found[role] = `${made.state}${made.lapsesAt ? ", lapses" : ""}`;
    }
    expect(found).toEqual(expected);
  });

  it("a protected account needs a second person even for a throttle by an admin", async () => {
    const { accountId } = await accountWith(test.db, "Protected");
    await test.db.update(account).set({ isProtected: true }).where(eq(account.id, accountId));
    const made = await imposeAction(await staffCtx(test.db, "admin"), {
      accountId,
      type: "throttle",
      factor: 0.5,
      durationHours: 1,
      ...facts,
    });
    expect(made.state).toBe("pending_approval");
  });

  it("four eyes hold for the same person with another role, another tab and an old form", async () => {
    const { accountId } = await accountWith(test.db, "Four Eyes");
    const author = await staffCtx(test.db, "reviewer");
    const { actionId } = await imposeAction(author, { accountId, type: "suspension", forGood: true, ...facts });
    const sameWithMore: Ctx = { ...author, actor: { ...author.actor, role: "admin" } as Ctx["actor"] };
    await expect(approveAction(sameWithMore, { actionId })).rejects.toMatchObject({ code: "forbidden" });
    const lead = await staffCtx(test.db, "lead");
    await expect(approveAction(lead, { actionId, version: 7 })).rejects.toMatchObject({ code: "conflict" });
    await approveAction(lead, { actionId, version: 1 });
    await expect(approveAction(await staffCtx(test.db, "admin"), { actionId })).rejects.toMatchObject({
      code: "conflict",
    });
  });
});

describe("an automation key", () => {
  it("throttles for a day and lifts that, but never suspends, approves or lifts what somebody else did", async () => {
    const { accountId } = await accountWith(test.db, "By A Key");
    const admin = await staffCtx(test.db, "admin");
    const key = await withKey(admin, "automation");
    const throttle = { accountId, type: "throttle" as const, factor: 0.5, ...facts };
    await expect(imposeAction(key, { ...throttle, durationHours: 25 })).rejects.toMatchObject({ code: "invalid" });
    const made = await imposeAction(key, { ...throttle, durationHours: 24 });
    await liftAction(key, { actionId: made.actionId, reason: "Calm again." });
    const suspend = imposeAction(key, { accountId, type: "suspension", durationHours: 1, ...facts });
    await expect(suspend).rejects.toMatchObject({ code: "invalid" });
    const lead = await staffCtx(test.db, "lead");
    const proposed = await imposeAction(lead, { accountId, type: "suspension", forGood: true, ...facts });
    await expect(approveAction(key, { actionId: proposed.actionId })).rejects.toMatchObject({ code: "forbidden" });
    // Neither somebody else's nor what its own owner did by hand.
    for (const person of [lead, admin]) {
      const { actionId } = await imposeAction(person, { ...throttle, durationHours: 1 });
      await expect(liftAction(key, { actionId, reason: "not mine" })).rejects.toMatchObject({ code: "forbidden" });
      await expect(undoAction(key, { actionId })).rejects.toMatchObject({ code: "forbidden" });
      await liftAction(person, { actionId, reason: "Calm again." });
    }
    await expect(cancelAction(key, { actionId: proposed.actionId, reason: "not mine" })).rejects.toMatchObject({
      code: "forbidden",
    });
  });
});

describe("the emergency lane", () => {
  const emergency = { type: "suspension" as const, forGood: true, emergency: true, ...facts };
  it("is in force at once, and lapses after 24 hours when nobody confirms", async () => {
    const { accountId, memberCtx } = await accountWith(test.db, "Lapses");
    const owner = await memberCtx("owner");
    const made = await imposeAction(await staffCtx(test.db, "support"), { accountId, ...emergency });
    expect(made.lapsesAt).toEqual(at(24 * hour));
    expect(await standing(owner, 24 * hour - 1)).toBe("suspended");
    expect(await standing(owner, 24 * hour)).toBe("good");
    await settle(24 * hour);
    expect(await rowOf(made.actionId)).toMatchObject({ state: "expired", endReason: "Nobody confirmed it in time." });
    await expect(
      approveAction(later(await staffCtx(test.db, "lead"), 25 * hour), { actionId: made.actionId }),
    ).rejects.toMatchObject({ code: "conflict" });
  });

  it("gets the end that was asked for when a second person confirms, never the author", async () => {
    const { accountId, memberCtx } = await accountWith(test.db, "Confirmed");
    const owner = await memberCtx("owner");
    const author = await staffCtx(test.db, "lead");
    const made = await imposeAction(author, { accountId, ...emergency });
    await expect(approveAction(author, { actionId: made.actionId })).rejects.toMatchObject({ code: "forbidden" });
    await approveAction(later(await staffCtx(test.db, "admin"), hour), { actionId: made.actionId });
    await settle(24 * hour);
    expect(await rowOf(made.actionId)).toMatchObject({ lapsesAt: null, endsAt: null });
    expect(await standing(owner, 40 * day)).toBe("suspended");
    expect((await listNotices(owner, {})).map((one) => one.kind)).toContain("action.changed");
  });
});

describe("an action ahead of its time", () => {
  it("starts by the clock without a job, is told when it is scheduled, and can be cancelled until then", async () => {
    const { accountId, memberCtx } = await accountWith(test.db, "Scheduled");
    const owner = await memberCtx("owner");
    const agent = await staffCtx(test.db, "reviewer");
    const terms = { accountId, type: "suspension" as const, effectiveAt: at(2 * hour), durationHours: 24, ...facts };
    const made = await imposeAction(agent, terms);
    expect(made).toMatchObject({ state: "scheduled", endsAt: at(26 * hour) });
    expect(await standing(owner, 2 * hour - 1)).toBe("good");
    expect(await standing(owner, 2 * hour)).toBe("suspended");
    expect((await listNotices(owner, {})).map((one) => one.kind)).toEqual(["action.scheduled"]);
    await settle(2 * hour);
    expect((await rowOf(made.actionId))?.state).toBe("applying");
    expect(await listNotices(owner, {})).toHaveLength(1);
    await expect(cancelAction(agent, { actionId: made.actionId, reason: "late" })).rejects.toMatchObject({
      code: "conflict",
    });

    const other = await accountWith(test.db, "Cancelled");
    const cancelled = await imposeAction(agent, { ...terms, accountId: other.accountId });
    await cancelAction(agent, { actionId: cancelled.actionId, reason: "They called back." });
    expect(await standing(await other.memberCtx("owner"), 3 * hour)).toBe("good");
  });
});

describe("replacing", () => {
  it("credits the time served, ends the old one at once, and is undone back to it", async () => {
    const { accountId, memberCtx } = await accountWith(test.db, "Replaced");
    const owner = await memberCtx("owner");
    const agent = await staffCtx(test.db, "reviewer");
    const first = await imposeAction(agent, { accountId, type: "suspension", durationHours: 72, ...facts });
    await test.db.update(action).set({ appliedAt: testNow }).where(eq(action.id, first.actionId));
    const twin = imposeAction(agent, { accountId, type: "suspension", durationHours: 100, ...facts });
    await expect(twin).rejects.toMatchObject({ code: "conflict" });
    const agentLater = later(agent, 24 * hour);
    const replace = { accountId, type: "suspension" as const, replacesActionId: first.actionId, ...facts };
    await expect(imposeAction(agentLater, { ...replace, durationHours: 24 })).rejects.toMatchObject({
      fields: { endsAt: expect.stringContaining("already been served") },
    });
    const second = await imposeAction(agentLater, { ...replace, durationHours: 168 });
    expect(second.endsAt).toEqual(at(168 * hour));
    expect((await rowOf(first.actionId))?.state).toBe("superseded");
    await undoAction(later(agent, 24 * hour + 20_000), { actionId: second.actionId });
    expect((await rowOf(first.actionId))?.state).toBe("applying");
    expect(await standing(owner, 72 * hour - 1)).toBe("suspended");
    expect(await standing(owner, 72 * hour)).toBe("good");
  });
});

describe("undoing", () => {
  it("works for the author for 30 seconds, and nothing is ever mailed", async () => {
    const { accountId, memberCtx } = await accountWith(test.db, "Undone");
    const owner = await memberCtx("owner");
    const agent = await staffCtx(test.db, "reviewer");
    const { actionId } = await imposeAction(agent, { accountId, type: "suspension", durationHours: 24, ...facts });
    const stranger = undoAction(later(await staffCtx(test.db, "admin"), 1_000), { actionId });
    await expect(stranger).rejects.toMatchObject({ code: "forbidden" });
    const late = undoAction(later(agent, 31_000), { actionId });
    await expect(late).rejects.toMatchObject({ code: "forbidden" });
    await undoAction(later(agent, 29_000), { actionId });
    expect(await standing(owner)).toBe("good");
    expect(await listNotices(owner, {})).toEqual([]);
    const [written] = await test.db.select({ id: notice.id }).from(notice).where(eq(notice.actionId, actionId));
    await mailNotice(jobCtx(test.db, "Gatehouse", at(31_000)), {
      noticeId: written?.id ?? "",
      publicUrl: "https://desk.example.com",
    });
    expect(await test.db.select({ id: mail.id }).from(mail).where(eq(mail.accountId, accountId))).toEqual([]);
  });
});

describe("what is said of a measure", () => {
  const mailed = async (accountId: string) => {
    const told = await test.db
      .select({ id: notice.id, kind: notice.kind })
      .from(notice)
      .where(eq(notice.accountId, accountId));
    for (const { id } of told) await mailNotice(jobCtx(test.db, "Gatehouse", at(31_000)), { noticeId: id, publicUrl });
    const rows = await test.db.select({ subject: mail.subject }).from(mail).where(eq(mail.accountId, accountId));
    return rows.map((row) => row.subject.replace(/^.*?: /, ""));
  };
  const publicUrl = "https://desk.example.com";
  const suspension = { type: "suspension" as const, durationHours: 24, ...facts };

  it("is no longer mailed when it was lifted, replaced or changed before the mail left", async () => {
    const lead = await staffCtx(test.db, "lead");
    const lifted = await accountWith(test.db, "Lifted soon");
    await lifted.memberCtx("owner");
    const one = await imposeAction(lead, { accountId: lifted.accountId, ...suspension });
    await liftAction(later(lead, 10_000), { actionId: one.actionId, reason: "A mistake." });
    expect(await mailed(lifted.accountId)).toEqual(["The suspension of the whole account has been lifted"]);

    const replaced = await accountWith(test.db, "Replaced soon");
    await replaced.memberCtx("owner");
    const two = await imposeAction(lead, { accountId: replaced.accountId, ...suspension });
    const milder = { type: "throttle" as const, factor: 0.5, durationHours: 24, ...facts };
    await imposeAction(later(lead, 10_000), {
      ...{ accountId: replaced.accountId, ...milder, replacesActionId: two.actionId },
    });
    expect(await mailed(replaced.accountId)).toEqual([expect.stringContaining("A throttle of the whole account")]);

    const changed = await accountWith(test.db, "Changed soon");
    await changed.memberCtx("owner");
    const emergency = { type: "suspension" as const, forGood: true, emergency: true, ...facts };
    const three = await imposeAction(lead, { accountId: changed.accountId, ...emergency });
    await approveAction(later(await staffCtx(test.db, "admin"), 10_000), { actionId: three.actionId });
    expect(await mailed(changed.accountId)).toEqual([expect.stringContaining("now lasts without an end date")]);
  });

  it("is never that it began in the past, and the owner has all of a wind-down however long the proposal waited", async () => {
    const lead = await staffCtx(test.db, "lead");
    const { accountId } = await accountWith(test.db, "Times");
    const past = imposeAction(lead, { accountId, ...suspension, effectiveAt: at(-7 * day) });
    await expect(past).rejects.toMatchObject({ fields: { effectiveAt: expect.stringContaining("past") } });
    const { actionId } = await imposeAction(lead, { accountId, type: "termination", ...facts });
    await approveAction(later(await staffCtx(test.db, "admin"), 3 * day), { actionId });
    const [row] = await test.db.select({ endsAt: action.windDownEndsAt }).from(action).where(eq(action.id, actionId));
    expect(row?.endsAt).toEqual(at(33 * day));
  });
});

describe("undoing in a case whose detector has fired anew", () => {
  it("asks again what the act had answered, once", async () => {
    const { accountId } = await accountWith(test.db, "Anew");
    const signal = (id: string, ms: number) =>
      recordSignals(jobCtx(test.db, "Detectors", at(ms)), {
        accountId,
        signals: [{ ...probingSignal(accountId), detector: id }],
      });
    await signal("probing", 0);
    await signal("retry_storm", 0);
    const [opened] = await test.db.select({ caseId: flag.caseId }).from(flag).where(eq(flag.accountId, accountId));
    const agent = await staffCtx(test.db, "reviewer");
    const terms = {
      accountId,
      caseId: opened?.caseId ?? "",
      type: "throttle" as const,
      factor: 0.5,
      durationHours: 24,
    };
    const { actionId } = await imposeAction(agent, { ...terms, ...facts, reasonCode: "probing" });
    await signal("probing", 5_000);
    await undoAction(later(agent, 10_000), { actionId });
    const flags = await test.db
      .select({ detector: flag.detector, state: flag.state, decidedAt: flag.decidedAt })
      .from(flag)
      .where(eq(flag.accountId, accountId))
      .orderBy(flag.detector, flag.state);
    expect(flags).toEqual([
      { detector: "probing", state: "expired", decidedAt: null },
      { detector: "probing", state: "in_case", decidedAt: null },
      { detector: "retry_storm", state: "in_case", decidedAt: null },
    ]);
  });
});

describe("notices", () => {
  it("are mailed once to owners and developers, however often the job runs", async () => {
    const { accountId, memberCtx } = await accountWith(test.db, "Mailed");
    for (const role of ["owner", "developer", "viewer"] as const) await memberCtx(role);
    const agent = await staffCtx(test.db, "reviewer");
    const { actionId } = await imposeAction(agent, { accountId, type: "suspension", durationHours: 24, ...facts });
    const [written] = await test.db.select({ id: notice.id }).from(notice).where(eq(notice.actionId, actionId));
    const job = jobCtx(test.db, "Gatehouse", at(31_000));
    await Promise.all(
      [1, 2, 3].map(() => mailNotice(job, { noticeId: written?.id ?? "", publicUrl: "https://desk.example.com" })),
    );
    const mails = await test.db
      .select({ text: mail.textBody })
      .from(mail)
      .where(and(eq(mail.accountId, accountId), eq(mail.kind, "notice")));
    expect(mails).toHaveLength(2);
    expect(mails[0]?.text).toContain("Your client ignores its limit.");
    expect(mails[0]?.text).toContain("API use policy, version 1, clause 4");
    expect(mails[0]?.text).not.toContain("chart");
  });

  it("that are an action of their own end when they are acknowledged", async () => {
    const { accountId, memberCtx } = await accountWith(test.db, "Noticed");
    const owner = await memberCtx("owner");
    const { actionId } = await imposeAction(await staffCtx(test.db, "support"), {
      accountId,
      type: "notice",
      ...facts,
    });
    expect(await standing(owner)).toBe("noticed");
    const [unread] = await listNotices(owner, {});
    await acknowledgeNotice(owner, { noticeId: unread?.id ?? "" });
    expect(await standing(owner)).toBe("good");
    expect((await rowOf(actionId))?.state).toBe("expired");
  });
});

describe("termination", () => {
  it("destroys the tokens when its wind-down is over, and is final from then on", async () => {
    const { accountId, memberCtx } = await accountWith(test.db, "Terminated");
    const owner = await memberCtx("owner");
    await createToken(owner, { name: "one" });
    const lead = await staffCtx(test.db, "lead");
    const { actionId } = await imposeAction(lead, { accountId, type: "termination", ...facts });
    await approveAction(await staffCtx(test.db, "admin"), { actionId });
    expect(await standing(owner)).toBe("terminated");
    const alive = async () =>
      (await test.db.select({ at: token.revokedAt }).from(token).where(eq(token.accountId, accountId))).filter(
        (one) => one.at === null,
      ).length;
    await settle(30 * day - 1);
    expect(await alive()).toBe(1);
    await settle(30 * day);
    expect(await alive()).toBe(0);
    const lift = liftAction(later(lead, 31 * day), { actionId, reason: "They promise." });
    await expect(lift).rejects.toMatchObject({ code: "conflict" });
  });
});

describe("what a measure cannot be", () => {
  it.each([
    ["a throttle without a factor", { type: "throttle" as const, durationHours: 1 }, "factor"],
    ["a throttle without an end", { type: "throttle" as const, factor: 0.5 }, "endsAt"],
    ["a throttle for good", { type: "throttle" as const, factor: 0.5, forGood: true }, "endsAt"],
    ["a pause of no token", { type: "token_pause" as const, durationHours: 1 }, "tokenId"],
    [
      "a throttle of a surface",
      { type: "throttle" as const, factor: 0.5, surface: "smtp" as const, durationHours: 1 },
      "surface",
    ],
    ["silence without a reason", { type: "suspension" as const, durationHours: 1, silentHours: 12 }, "silenceReason"],
    [
      "a start in three months",
      { type: "suspension" as const, durationHours: 1, effectiveAt: at(90 * day) },
      "effectiveAt",
    ],
    ["an unfilled placeholder", { type: "notice" as const, publicText: "Your client does {detail}." }, "publicText"],
  ])("%s", async (_name, terms, field) => {
    const { accountId } = await accountWith(test.db, "Shapes");
    const refused = imposeAction(await staffCtx(test.db, "lead"), { accountId, ...facts, ...terms });
    await expect(refused).rejects.toMatchObject({ code: "invalid", fields: { [field]: expect.any(String) } });
  });

  it("the grounds of an action, whoever asks the database", async () => {
    const { accountId } = await accountWith(test.db, "Sealed");
    const agent = await staffCtx(test.db, "lead");
    const { actionId } = await imposeAction(agent, { accountId, type: "suspension", durationHours: 1, ...facts });
    const change = test.db.update(action).set({ publicText: "Something else." }).where(eq(action.id, actionId));
    await expect(change).rejects.toThrow();
    await expect(test.db.delete(action).where(eq(action.id, actionId))).rejects.toThrow();
  });
});

describe("a personal key", () => {
  it("acts with its owner's role, and is no second pair of eyes for its owner", async () => {
    const { accountId } = await accountWith(test.db, "At A Terminal");
    const lead = await staffCtx(test.db, "lead");
    const forGood = { accountId, type: "suspension" as const, forGood: true, ...facts };
    const { actionId } = await imposeAction(lead, forGood);
    await expect(approveAction(await withKey(lead, "personal"), { actionId })).rejects.toMatchObject({
      code: "forbidden",
    });
    await approveAction(await withKey(await staffCtx(test.db, "admin"), "personal"), { actionId });
    const support = await withKey(await staffCtx(test.db, "support"), "personal");
    await expect(approveAction(support, { actionId })).rejects.toMatchObject({ code: "forbidden" });
    await liftAction(await withKey(lead, "personal"), { actionId, reason: "The client was fixed." });
  });
});
