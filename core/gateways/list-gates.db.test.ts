import { afterAll, beforeAll, expect, it } from "vitest";
import { gate } from "#db/schema/gates.ts";
import { type TestDatabase, testDatabase } from "#db/testing.ts";
import type { Ctx } from "../frame/context.ts";
import { staffCtx } from "../testing.ts";
import { listGates } from "./list-gates.ts";

let test: TestDatabase;
let desk: Ctx;
beforeAll(async () => {
  test = await testDatabase();
  desk = await staffCtx(test.db, "lead");
});
afterAll(() => test.close());

it("says which live gates leave decisions uncounted too long", async () => {
  const ago = (seconds: number) => new Date(desk.now.getTime() - seconds * 1000);
  const seen = (id: string, uncountedSince: Date | null, seconds = 1) => ({
    id,
    pid: 1,
    startedAt: ago(3600),
    lastSeenAt: ago(seconds),
    uncountedSince,
  });
  await test.db
    .insert(gate)
    .values([
      seen("counts", null),
      seen("counts-in-a-moment", ago(20)),
      seen("stands", ago(121)),
      seen("gone", ago(600), 60),
    ]);
  expect((await listGates(desk, {})).map((one) => [one.id, one.isLive, one.isImportStalled])).toEqual([
    ["counts", true, false],
    ["counts-in-a-moment", true, false],
    ["gone", false, false],
    ["stands", true, true],
  ]);
});
