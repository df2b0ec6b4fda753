import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type TestDatabase, testDatabase } from "#db/testing.ts";
import { jobCtx } from "../frame/context.ts";
import { parse as parseInput } from "../frame/define.ts";
import { wholeInput } from "../frame/whole-input.ts";
import { staffCtx, testNow } from "../testing.ts";
import { changeEndpoint, createEndpoint } from "./change-endpoint.ts";
import { changePlan } from "./change-plan.ts";
import { getLimits } from "./get-limits.ts";
import { installSampleProvider } from "./install-sample-provider.ts";

/** What a call has read, it can write back: nothing changes, and nothing is refused. */

let test: TestDatabase;
beforeAll(async () => {
  test = await testDatabase();
});
afterAll(() => test.close());

const unversioned = (limits: Awaited<ReturnType<typeof getLimits>>) =>
  JSON.parse(JSON.stringify(limits, (key, value) => (key === "version" ? undefined : value)));

describe("limits that were read and written back", () => {
  it("are as they were: every endpoint, also one without a scope or limit, and every plan", async () => {
    const admin = await staffCtx(test.db, "admin");
    await installSampleProvider(jobCtx(test.db, "test", testNow), {});
    const open = { surface: "http", method: "GET", isUnlimited: true } as const;
    await createEndpoint(admin, { ...open, name: "open", path: "/v1/open", cost: 0 });
    const guarded = {
      surface: "http",
      method: "GET",
      rateLimit: 7,
      cost: 5,
      recipientsPerCall: 3,
      windowSeconds: 120,
    } as const;
    await createEndpoint(admin, { ...guarded, name: "guarded", path: "/v1/guarded", scope: "email:send" });
    const [closed] = (await getLimits(admin, {})).endpoints;
    if (!closed) throw new Error("no endpoint");
    const { id, scope, rateLimit, windowSeconds, cost, version } = closed;
    await changeEndpoint(admin, { endpointId: id, scope, rateLimit, windowSeconds, cost, version, isDenied: true });

    const before = await getLimits(admin, {});
    for (const one of before.endpoints) {
      const { scope, rateLimit, windowSeconds, cost, recipientsPerCall, isDenied, version } = one;
      const asked = { scope, rateLimit, windowSeconds, cost, recipientsPerCall };
      const written = { endpointId: one.id, ...asked, isDenied, version };
      parseInput(wholeInput(changeEndpoint), written);
      await changeEndpoint.fromUnknown(admin, written);
    }
    for (const { id, name, quotaPerDay, version } of before.plans) {
      const written = { planId: id, name, quotaPerDay, version };
      parseInput(wholeInput(changePlan), written);
      await changePlan.fromUnknown(admin, written);
    }
    expect(unversioned(await getLimits(admin, {}))).toEqual(unversioned(before));
  });

  it("name every field: one that is left out is refused and not taken off", () => {
    const whole = {
      endpointId: 1,
      scope: null,
      rateLimit: 60,
      windowSeconds: 60,
      cost: 1,
      recipientsPerCall: 1,
      isDenied: false,
      version: 1,
    };
    for (const name of Object.keys(whole)) {
      const { [name]: _, ...rest } = whole as Record<string, unknown>;
      expect(() => parseInput(wholeInput(changeEndpoint), rest), name).toThrow();
    }
  });
});
