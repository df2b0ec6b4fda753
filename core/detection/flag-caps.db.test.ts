import { eq } from "drizzle-orm";
import { afterAll, beforeAll, expect, it, vi } from "vitest";
import { flag } from "#db/schema/abuse.ts";
import { type TestDatabase, testDatabase } from "#db/testing.ts";
import { type Ctx, jobCtx } from "../frame/context.ts";
import { accountWith, probingSignal, staffCtx, testNow } from "../testing.ts";
import { decideHeldFlags, listHeldFlags } from "./held-flags.ts";
import { listDetectors } from "./list-detectors.ts";
import { recordSignals } from "./record-signals.ts";

const hour = 3_600_000;
const at = (ms: number) => new Date(testNow.getTime() + ms);

let test: TestDatabase;
let agent: Ctx;
beforeAll(async () => {
  vi.stubEnv("DETECTOR_FLAGS_PER_HOUR", "3");
  vi.stubEnv("DETECTOR_FLAGS_PER_DAY", "5");
  test = await testDatabase();
  agent = await staffCtx(test.db, "reviewer");
});
afterAll(async () => {
  vi.unstubAllEnvs();
  await test.close();
});

const accountIds: string[] = [];
const account = async () => {
  const { accountId } = await accountWith(test.db, `Capped ${accountIds.length}`);
  accountIds.push(accountId);
  return accountId;
};
const signal = (accountId: string, ms: number, change = {}) =>
  recordSignals(jobCtx(test.db, "Detectors", at(ms)), {
    accountId,
    signals: [{ ...probingSignal(accountId), ...change }],
  });
const stateOf = async (accountId: string, detector = "probing") =>
  (
    await test.db.select({ state: flag.state, detector: flag.detector }).from(flag).where(eq(flag.accountId, accountId))
  ).find((one) => one.detector === detector)?.state;

it("holds what is more than a detector may flag in an hour and in a day, says so, and lets it in when there is room", async () => {
  const made: string[] = [];
  for (let i = 0; i < 5; i += 1) made.push(await account());
  await Promise.all(made.map((id) => signal(id, 0)));
  const states = await Promise.all(made.map((id) => stateOf(id)));
  expect(states.filter((one) => one === "in_case")).toHaveLength(3);
  expect(states.filter((one) => one === "open")).toHaveLength(2);
  const held = await listHeldFlags(agent, {});
  expect(held.map((one) => one.heldReason)).toEqual(
    Array.from({ length: 2 }, () => "More than 3 flags of this detector within an hour."),
  );
  expect((await listDetectors(agent, {})).find((one) => one.id === "probing")).toMatchObject({
    ...{ held: 2, heldReasons: ["More than 3 flags of this detector within an hour."] },
  });

  // Seen again five seconds later, they are still more than it may.
  for (const id of made) await signal(id, 5_000, { magnitude: 90 });
  expect(await listHeldFlags(agent, {})).toHaveLength(2);
  // A person's report and another detector wait for nothing.
  await signal(made[0] ?? "", 5_000, { detector: "report" });
  await signal(made[1] ?? "", 5_000, { detector: "known_scan" });
  expect([await stateOf(made[0] ?? "", "report"), await stateOf(made[1] ?? "", "known_scan")]).toEqual([
    ...["in_case", "in_case"],
  ]);

  for (const id of made) await signal(id, hour + 6_000, { magnitude: 95 });
  expect(await listHeldFlags(agent, {})).toEqual([]);
  const late = await account();
  await signal(late, 3 * hour);
  expect(await stateOf(late)).toBe("open");
  expect((await listHeldFlags(agent, {}))[0]?.heldReason).toBe("More than 5 flags of this detector within a day.");
  await decideHeldFlags({ ...agent, now: at(3 * hour) }, { detector: "probing", isOurs: false });
  expect(await stateOf(late), "a person may").toBe("in_case");
});
