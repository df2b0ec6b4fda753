import { eq } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { authenticate } from "#core/api/authenticate.ts";
import { endSession } from "#core/auth/end-session.ts";
import type { Ctx } from "#core/frame/context.ts";
import type { StaffRole } from "#core/rules/vocabulary.ts";
import { changeStaffRole, removeStaff } from "#core/staff/change-staff.ts";
import { createKey } from "#core/staff-keys/create-key.ts";
import { session } from "#db/schema/auth.ts";
import { action } from "#db/schema/enforcement.ts";
import { type TestDatabase, testDatabase } from "#db/testing.ts";
import { type AnyAction, browser, commandOf, everyAction } from "./testing.ts";
import { deskOf, grounds } from "./testing-desk.ts";

/** The screens' own actions, posted by the same person in every way that could look like two, and by one who lost the right midway. */

const actions = await everyAction();
function actionOf(name: string): AnyAction {
  const found = actions.get(name);
  if (!found) throw new Error(`No screen has the action ${name}.`);
  return found;
}
const imposing = actionOf("staff/_action/imposeActionAction");
const approving = actionOf("staff/_action/approveActionAction");
const lifting = actionOf("staff/_action/liftActionAction");
const deciding = actionOf("staff/appeals/decideAppealAction");

let test: TestDatabase;
let desk: ReturnType<typeof deskOf>;
let admin: Ctx;
beforeAll(async () => {
  test = await testDatabase();
  desk = deskOf(test.db);
  admin = await desk.staff("admin");
});
afterAll(() => test.close());

const post = (act: AnyAction, who: Ctx, form: Record<string, unknown>) => browser(test.db).post(act, who.actor, form);
const userOf = ({ actor }: Ctx) => ("userId" in actor ? actor.userId : "");
const giveRole = (who: Ctx, role: StaffRole) => changeStaffRole(admin, { userId: userOf(who), role });
const stateOf = async (actionId: string) =>
  (await test.db.select({ state: action.state }).from(action).where(eq(action.id, actionId)))[0]?.state;
const actionsOf = (accountId: string) =>
  test.db.select({ id: action.id }).from(action).where(eq(action.accountId, accountId));

async function proposal(author: Ctx, type: "suspension" | "termination" = "suspension") {
  const { accountId } = await desk.anAccount();
  const terms = type === "suspension" ? { type, forGood: true } : { type };
  const made = await post(imposing, author, { accountId, ...grounds, ...terms });
  if (made.status === "error") throw new Error(made.message);
  const { actionId } = made.shown as { actionId: string };
  return { accountId, actionId, version: 1 };
}

/** The same person, signed in a second time. */
async function anotherTab(who: Ctx): Promise<Ctx> {
  const values = { userId: userOf(who), expiresAt: new Date("2100-01-01T00:00:00Z") };
  const [opened] = await test.db.insert(session).values(values).returning({ id: session.id });
  if (!opened || who.actor.kind !== "staff") throw new Error("no session");
  return { ...who, actor: { ...who.actor, sessionId: opened.id } };
}

describe("four eyes", () => {
  const yours = { status: "error", code: "forbidden", message: "You proposed this. Someone else must approve it." };

  it.each(["suspension", "termination"] as const)(
    "hold for a %s whatever role its author has been given since",
    async (type) => {
      for (const first of ["support", "reviewer", "lead", "admin"] as const) {
        const author = await desk.staff(first);
        const { actionId, version } = await proposal(author, type);
        for (const second of (["reviewer", "lead", "admin"] as const).filter((role) => role !== first)) {
          await giveRole(author, second);
          expect(await post(approving, author, { actionId, version })).toMatchObject(yours);
        }
        expect(await stateOf(actionId)).toBe("pending_approval");
      }
    },
  );

  it("hold for the author in another tab, in a second session, and with a key of theirs", async () => {
    const author = await desk.staff("lead");
    const { actionId, version } = await proposal(author);
    const twice = [author, await anotherTab(author)].map((who) => post(approving, who, { actionId, version }));
    for (const result of await Promise.all(twice)) expect(result).toMatchObject(yours);
    const { secret } = await createKey(author, {
      name: "terminal",
      kind: "personal",
      scopes: ["staff:actions:approve"],
    });
    const { actor } = await authenticate(test.db, `Bearer ${secret}`, null, new Date());
    const byKey = commandOf(approving).fromUnknown({ ...author, actor }, { actionId });
    await expect(byKey).rejects.toMatchObject({ code: "forbidden", message: yours.message });
    expect(await stateOf(actionId)).toBe("pending_approval");
  });

  it("hold for the author of a proposal that an emergency has put in force", async () => {
    const author = await desk.staff("reviewer");
    const { accountId } = await desk.anAccount();
    const rushed = { accountId, ...grounds, type: "suspension", forGood: true, emergency: true };
    const made = await post(imposing, author, rushed);
    expect(made).toMatchObject({ status: "ok", shown: { isEmergency: true } });
    const { actionId } = (made.status === "ok" ? made.shown : {}) as { actionId: string };
    await giveRole(author, "admin");
    expect(await post(approving, author, { actionId })).toMatchObject({ status: "error", code: "forbidden" });
    expect(await stateOf(actionId)).toBe("applying");
  });

  it("refuse a second person's stale form, and one that two people post at once takes effect once", async () => {
    const { actionId } = await proposal(await desk.staff("support"));
    const [lead, other] = [await desk.staff("lead"), await desk.staff("lead")];
    expect(await post(approving, lead, { actionId, version: 9 })).toMatchObject({ code: "conflict" });
    const form = { actionId, version: 1 };
    const both = [await post(approving, lead, form), await post(approving, other, form)];
    expect(both.map((one) => (one.status === "ok" ? "ok" : one.code)).sort()).toEqual(["conflict", "ok"]);
  });

  it("are two people for an appeal: neither who imposed nor who approved decides it, whatever their role", async () => {
    const author = await desk.staff("lead");
    const { appealId, version, actionId } = await desk.anAppeal(author);
    const form = { appealId, version, decision: "rejected", text: "We have looked at it again." };
    for (const role of ["reviewer", "lead", "admin"] as const) {
      await giveRole(author, role);
      expect(await post(deciding, author, form)).toMatchObject({ code: "forbidden" });
    }
    const approver = await desk.staff("admin");
    await test.db
      .update(action)
      .set({ approverUserId: userOf(approver) })
      .where(eq(action.id, actionId));
    expect(await post(deciding, approver, form)).toMatchObject({ code: "forbidden" });
    expect(await post(deciding, await desk.staff("reviewer"), form)).toMatchObject({ status: "ok" });
  });
});

describe("who loses the right while the form is open", () => {
  const day = { type: "suspension", durationHours: 240 };

  it("only proposes what the lower role may not impose", async () => {
    const agent = await desk.staff("lead");
    const { accountId } = await desk.anAccount();
    await giveRole(agent, "support");
    const made = await post(imposing, agent, { accountId, ...grounds, ...day });
    expect(made).toMatchObject({ status: "ok", shown: { state: "pending_approval" } });
  });

  it("is refused in words what the lower role may not do, and nothing is done", async () => {
    const agent = await desk.staff("lead");
    const { actionId, version } = await proposal(await desk.staff("support"));
    const standing = await desk.inForce(await desk.staff("admin"), { type: "suspension", forGood: true });
    await giveRole(agent, "support");
    const refused = await post(approving, agent, { actionId, version });
    expect(refused).toMatchObject({
      code: "forbidden",
      message: expect.stringContaining("Your role here is support."),
    });
    const kept = await post(lifting, agent, { actionId: standing.actionId, reason: "They called." });
    expect(kept).toMatchObject({ code: "forbidden", message: expect.stringContaining("As support") });
    expect([await stateOf(actionId), await stateOf(standing.actionId)]).toEqual(["pending_approval", "applying"]);
  });

  it("is told that the session has ended when they were removed from the staff, and nothing is done", async () => {
    const agent = await desk.staff("lead");
    const { accountId } = await desk.anAccount();
    await removeStaff(admin, { userId: userOf(agent) });
    const refused = await post(imposing, agent, { accountId, ...grounds, ...day });
    expect(refused).toMatchObject({
      code: "unauthenticated",
      message: expect.stringContaining("Your session has ended."),
    });
    expect(await actionsOf(accountId)).toEqual([]);
  });

  it("or the session itself, keeps what was typed and does nothing; the other session goes on", async () => {
    const agent = await desk.staff("lead");
    const tab = await anotherTab(agent);
    const { accountId } = await desk.anAccount();
    const sessionId = agent.actor.kind === "staff" ? (agent.actor.sessionId ?? "") : "";
    const { userId } = { userId: userOf(agent) };
    const own: Ctx = {
      ...tab,
      actor: { kind: "user", userId, sessionId: crypto.randomUUID(), name: "L", email: "l@example.com" },
    };
    await endSession(own, { sessionId });
    const refused = await post(imposing, agent, { accountId, ...grounds, ...day });
    expect(refused).toMatchObject({ code: "unauthenticated", message: expect.stringContaining("stays in the form") });
    expect(await actionsOf(accountId)).toEqual([]);
    expect(await post(imposing, tab, { accountId, ...grounds, ...day })).toMatchObject({ status: "ok" });
  });
});
