import { eq } from "drizzle-orm";
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import type { Ctx } from "#core/frame/context.ts";
import { user } from "#db/schema/auth.ts";
import { type TestDatabase, testDatabase } from "#db/testing.ts";
import { browser, everyAction } from "./testing.ts";
import { deskOf } from "./testing-desk.ts";

/** With the setting as it is by default: staff without a second step reach only the page that sets it up. */

const actions = [...(await everyAction())].filter(([name]) => name.startsWith("staff/"));
let test: TestDatabase;
let admin: Ctx;
beforeAll(async () => {
  test = await testDatabase();
  admin = await deskOf(test.db).staff("admin");
  vi.stubEnv("STAFF_SECOND_STEP", "");
});
afterEach(() => vi.stubEnv("STAFF_SECOND_STEP", ""));
afterAll(async () => {
  vi.stubEnv("STAFF_SECOND_STEP", "offered");
  await test.close();
});

describe("staff who lack the second step that is required", () => {
  it("are refused at each action of the desk before it looks at anything", async () => {
    expect(actions.length).toBeGreaterThan(40);
    const asked = [];
    for (const [name, act] of actions) asked.push([name, await browser(test.db).post(act, admin.actor, {})] as const);
    const passed = asked.filter(([, answer]) => answer.status === "ok" || answer.code !== "forbidden");
    expect(passed.map(([name]) => name)).toEqual([]);
  });

  it("get to them once it is set up, or where it is only offered", async () => {
    const refusals = async () => {
      const answers = await Promise.all(actions.map(([, act]) => browser(test.db).post(act, admin.actor, {})));
      return answers.filter((one) => one.status === "error" && one.message.includes("second step")).length;
    };
    expect(await refusals()).toBe(actions.length);
    vi.stubEnv("STAFF_SECOND_STEP", "offered");
    expect(await refusals()).toBe(0);
    vi.stubEnv("STAFF_SECOND_STEP", "");
    if (admin.actor.kind !== "staff") throw new Error("no staff");
    await test.db.update(user).set({ totpSince: new Date() }).where(eq(user.id, admin.actor.userId));
    expect(await refusals()).toBe(0);
  });
});
