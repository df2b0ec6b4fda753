import { asc, desc, eq } from "drizzle-orm";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import { caseEvent } from "#db/schema/abuse.ts";
import { outboxEvent } from "#db/schema/audit.ts";
import { action, notice } from "#db/schema/enforcement.ts";
import { webhookDelivery } from "#db/schema/webhooks.ts";
import { type TestDatabase, testDatabase } from "#db/testing.ts";
import { type appealDecisions, decideAppeal } from "../appeals/decide-appeal.ts";
import { submitAppeal } from "../appeals/submit-appeal.ts";
import { listAudit } from "../audit/list-audit.ts";
import { recordSignals } from "../detection/record-signals.ts";
import { fact } from "../facts/fact.ts";
import { type Ctx, jobCtx } from "../frame/context.ts";
import { transact } from "../frame/define.ts";
import { AppError } from "../frame/errors.ts";
import { record } from "../frame/record.ts";
import { acknowledgeNotice } from "../notices/acknowledge-notice.ts";
import { accountWith, probingSignal, staffCtx, testNow } from "../testing.ts";
import { createEndpoint } from "../webhooks/create-endpoint.ts";
import { fanOutAll } from "../webhooks/fan-out.ts";
import { approveAction } from "./approve-action.ts";
import { cancelAction } from "./cancel-action.ts";
import { getStanding } from "./get-standing.ts";
import { imposeAction } from "./impose-action.ts";
import { liftAction } from "./lift-action.ts";
import { settleActions } from "./settle-actions.ts";
import { undoAction } from "./undo-action.ts";

const minute = 60_000;
const hour = 60 * minute;
const terms = {
  reasonCode: "rate_excess" as const,
  publicText: "Your client ignores its limit.",
  internalNote: "see chart",
};
const silence = { silentHours: 12, silenceReason: "An investigation is under way." };

let test: TestDatabase;
let lead: Ctx;
let other: Ctx;
beforeAll(async () => {
  test = await testDatabase();
  lead = await staffCtx(test.db, "lead", "Lea Lead");
  other = await staffCtx(test.db, "lead", "Otto Other");
});
afterAll(() => test.close());

const at = (ctx: Ctx, ms: number): Ctx => ({ ...ctx, now: new Date(testNow.getTime() + ms) });
const settle = (ms: number) => settleActions(jobCtx(test.db, "Actions", new Date(testNow.getTime() + ms)), {});

const bodySchema = z.object({
  type: z.string(),
  data: z.looseObject({ sequence: z.number(), actionId: z.string().optional(), isInForce: z.boolean().optional() }),
});

/** An account whose owner's endpoint, and one of the provider's, hear of everything. */
async function listening(name: string) {
  const { accountId, memberCtx } = await accountWith(test.db, name);
  const owner = await memberCtx("owner");
  const { endpointId } = await createEndpoint(owner, { url: "https://owner.example.com/hook" });
  return { accountId, owner, endpointId };
}

/** What an endpoint has been sent, oldest first. */
async function heardBy(endpointId: string) {
  await fanOutAll(test.db, testNow);
  const rows = await test.db
    .select({ body: webhookDelivery.body })
    .from(webhookDelivery)
    .where(eq(webhookDelivery.endpointId, endpointId));
  return rows.map((row) => bodySchema.parse(JSON.parse(row.body))).sort((a, b) => a.data.sequence - b.data.sequence);
}

const actionEvents = async (endpointId: string) =>
  (await heardBy(endpointId)).filter(({ type }) => type.startsWith("action.")).map(({ type }) => type);

/** Types of all events about an account, whoever hears them. */
async function recorded(accountId: string) {
  const rows = await test.db
    .select({ type: outboxEvent.type, reach: outboxEvent.reach })
    .from(outboxEvent)
    .where(eq(outboxEvent.accountId, accountId))
    .orderBy(asc(outboxEvent.id));
  return rows.filter(({ type }) => type.startsWith("action."));
}

describe("an account's webhooks", () => {
  it("say nothing of a silent action until its silence is over, and the provider's do", async () => {
    const { accountId, endpointId } = await listening("Silent");
    await imposeAction(lead, { accountId, type: "throttle", factor: 0.5, durationHours: 48, ...terms, ...silence });
    expect(await actionEvents(endpointId)).toEqual([]);
    expect(await recorded(accountId)).toEqual([{ type: "action.applied", reach: "provider" }]);
    await settle(13 * hour);
    expect(await actionEvents(endpointId)).toEqual(["action.applied"]);
  });

  it("say nothing of the end of an action that was silent to its end", async () => {
    const { accountId, endpointId } = await listening("Silent to the end");
    const silent = { accountId, type: "throttle" as const, factor: 0.5, durationHours: 6, ...terms, ...silence };
    const made = await imposeAction(lead, silent);
    await liftAction(at(lead, hour), { actionId: made.actionId, reason: "It was the test environment." });
    expect(await actionEvents(endpointId)).toEqual([]);
  });

  it("say nothing of a proposal that is undone", async () => {
    const { accountId, endpointId } = await listening("Proposed and undone");
    const made = await imposeAction(lead, { accountId, type: "suspension", forGood: true, ...terms });
    expect(made.state).toBe("pending_approval");
    await undoAction(at(lead, 5_000), { actionId: made.actionId });
    expect(await actionEvents(endpointId)).toEqual([]);
    expect(await recorded(accountId), "not to the provider's endpoints either").toEqual([]);
  });

  it("say that a replaced action ended", async () => {
    const { accountId, endpointId } = await listening("Replaced");
    const first = await imposeAction(lead, { accountId, type: "throttle", factor: 0.5, durationHours: 24, ...terms });
    const second = { accountId, type: "suspension" as const, durationHours: 24, ...terms };
    await imposeAction(at(lead, hour), { ...second, replacesActionId: first.actionId });
    expect(await actionEvents(endpointId)).toEqual(["action.applied", "action.superseded", "action.applied"]);
  });

  it("say that an announced action was cancelled", async () => {
    const { accountId, endpointId } = await listening("Cancelled");
    const effectiveAt = new Date(testNow.getTime() + 24 * hour);
    const made = await imposeAction(lead, { accountId, type: "suspension", durationHours: 24, effectiveAt, ...terms });
    await cancelAction(at(lead, hour), { actionId: made.actionId, reason: "They called." });
    expect(await actionEvents(endpointId)).toEqual(["action.scheduled", "action.cancelled"]);
  });

  it.each([
    ["granted", "action.overturned"],
    ["partly_granted", "action.lifted"],
  ] as const)("say that an action ended when an appeal is %s", async (decision, ended) => {
    const { accountId, owner, endpointId } = await listening(`Appeal ${decision}`);
    const made = await imposeAction(lead, { accountId, type: "suspension", durationHours: 24, ...terms });
    await appeal(owner, made.actionId, decision, hour);
    expect(await actionEvents(endpointId)).toEqual(["action.applied", ended]);
  });
});

async function appeal(owner: Ctx, actionId: string, decision: (typeof appealDecisions)[number], ms: number) {
  const words = "We had a loop in our client.";
  const { appealId } = await submitAppeal(at(owner, ms), { actionId, cause: words, changed: words, prevention: words });
  await decideAppeal(at(other, ms), { appealId, version: 1, decision, text: "We looked at your traffic again." });
}

describe("the timeline of a case", () => {
  it("has a line for the end of a replaced action", async () => {
    const { accountId } = await accountWith(test.db, "Replaced in a case");
    await recordSignals(jobCtx(test.db, "Detectors", testNow), { accountId, signals: [probingSignal(accountId)] });
    const [opened] = await test.db
      .select({ caseId: caseEvent.caseId })
      .from(caseEvent)
      .orderBy(desc(caseEvent.id))
      .limit(1);
    const caseId = opened?.caseId ?? "";
    const milder = { accountId, caseId, type: "throttle" as const, factor: 0.5, durationHours: 24, ...terms };
    const first = await imposeAction(lead, milder);
    const stricter = { accountId, caseId, type: "suspension" as const, durationHours: 24, ...terms };
    await imposeAction(at(lead, hour), { ...stricter, replacesActionId: first.actionId });
    const rows = await test.db
      .select({ type: caseEvent.type })
      .from(caseEvent)
      .where(eq(caseEvent.caseId, caseId))
      .orderBy(asc(caseEvent.id));
    expect(rows.map((row) => row.type)).toContain("action.superseded");
  });
});

describe("an account's audit log", () => {
  it("shows its people no act of staff that the catalogue does not give to accounts", async () => {
    const { accountId, memberCtx } = await accountWith(test.db, "Closed by default");
    const owner = await memberCtx("owner");
    // An act of staff that names the account and begins with none of the words that used to be left out.
    await transact(lead, (ctx) => record(ctx, fact("account.protected", { subjectId: accountId, accountId })));
    expect((await listAudit(lead, { accountId })).events.map((row) => row.action)).toEqual(["account.protect"]);
    expect((await listAudit(owner, {})).events).toEqual([]);
  });
});

/** One step of a story about an account: what somebody tries, and how much later. What is refused changes nothing. */
const step = fc.record({
  what: fc.constantFrom(
    ...(["impose", "impose", "silent", "later", "for_good", "emergency", "notice", "replace"] as const),
    ...(["lift", "undo", "cancel", "approve", "grant", "grant_partly", "acknowledge", "wait"] as const),
  ),
  /** Which of the actions there are, counted from the newest. */
  which: fc.nat(2),
  pauseMs: fc.constantFrom(1_000, 20_000, 10 * minute, 7 * hour, 13 * hour, 30 * hour),
});
type Step = { what: string; which: number; pauseMs: number };

async function play({ what, which, pauseMs }: Step, story: { accountId: string; owner: Ctx; ms: number }) {
  const { accountId, owner } = story;
  const [author, second] = [at(lead, story.ms), at(other, story.ms)];
  const ids = await test.db
    .select({ id: action.id })
    .from(action)
    .where(eq(action.accountId, accountId))
    .orderBy(desc(action.createdAt), desc(action.id));
  const actionId = ids[which]?.id ?? "";
  const throttle = { accountId, type: "throttle" as const, factor: 0.5, durationHours: 24, ...terms };
  const suspension = { accountId, type: "suspension" as const, ...terms };
  const does: Record<string, () => Promise<unknown>> = {
    impose: () => imposeAction(author, throttle),
    silent: () => imposeAction(author, { ...throttle, ...silence }),
    later: () => imposeAction(author, { ...throttle, effectiveAt: new Date(author.now.getTime() + 8 * hour) }),
    for_good: () => imposeAction(author, { ...suspension, forGood: true }),
    emergency: () => imposeAction(author, { ...suspension, forGood: true, emergency: true }),
    notice: () => imposeAction(author, { accountId, type: "notice", ...terms }),
    replace: () => imposeAction(author, { ...suspension, durationHours: 12, replacesActionId: actionId }),
    lift: () => liftAction(second, { actionId, reason: "It is over." }),
    undo: () => undoAction(author, { actionId }),
    cancel: () => cancelAction(author, { actionId, reason: "Not needed." }),
    approve: () => approveAction(second, { actionId }),
    grant: () => appeal(at(owner, story.ms), actionId, "granted", story.ms),
    grant_partly: () => appeal(at(owner, story.ms), actionId, "partly_granted", story.ms),
    acknowledge: async () => {
      const [newest] = await test.db
        .select({ id: notice.id })
        .from(notice)
        .where(eq(notice.accountId, accountId))
        .orderBy(desc(notice.createdAt), desc(notice.id))
        .limit(1);
      await acknowledgeNotice(at(owner, story.ms), { noticeId: newest?.id ?? crypto.randomUUID() });
    },
    wait: async () => undefined,
  };
  try {
    await does[what]?.();
  } catch (error) {
    if (!(error instanceof AppError) && !(error instanceof z.ZodError)) throw error;
  }
  story.ms += pauseMs;
  await settle(story.ms);
}

const first = (...all: string[]): [Step[]] => [all.map((what) => ({ what, which: 0, pauseMs: 1_000 }))];
/** Every path through the machine once, told and silent, before the random ones. */
const paths: [Step[]][] = [
  first("impose", "replace"),
  first("impose", "replace", "undo"),
  first("silent", "replace"),
  first("silent", "lift"),
  first("later", "cancel"),
  first("later", "undo"),
  first("for_good", "approve"),
  first("for_good", "undo"),
  first("emergency", "approve"),
  first("impose", "undo"),
  first("impose", "lift"),
  first("impose", "grant"),
  first("impose", "lift", "grant"),
  first("impose", "grant_partly"),
  first("notice", "acknowledge"),
];
const events = [
  ...["action.applied", "action.scheduled", "action.changed", "action.lifted", "action.superseded"],
  ...["action.overturned", "action.cancelled", "action.expired"],
];

let stories = 0;

it("an integrator who mirrors actions by webhook alone knows what GET /standing says, whatever happened", async () => {
  const seen = new Set<string>();
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 8 }), async (steps) => {
      const { accountId, owner, endpointId } = await listening(`Mirrored ${++stories}`);
      const story = { accountId, owner, ms: 0 };
      for (const one of steps) await play(one, story);
      const mirror = new Map<string, boolean>();
      for (const { type, data } of await heardBy(endpointId)) {
        if (!type.startsWith("action.") || data.actionId === undefined) continue;
        seen.add(type);
        mirror.set(data.actionId, data.isInForce ?? false);
      }
      const mirrored = [...mirror].filter(([, isInForce]) => isInForce).map(([id]) => id);
      const { actions } = await getStanding(at(owner, story.ms), {});
      // An action without notice has no statement yet: the account is told of it when its silence is over.
      const told = actions.filter((one) => one.isInForce && one.statement !== null).map((one) => one.id);
      expect(mirrored.sort()).toEqual(told.sort());
    }),
    { numRuns: 60, examples: paths, endOnFailure: true },
  );
  expect([...seen].sort(), "stories in which nothing happens would prove nothing").toEqual([...events].sort());
}, 300_000);
