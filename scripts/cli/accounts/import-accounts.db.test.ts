import { mkdtempSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setImmediate as turn } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { provisionInput } from "#core/accounts/provision-account.ts";
import { type Ctx, jobCtx } from "#core/frame/context.ts";
import { accountWith } from "#core/testing.ts";
import { account } from "#db/schema/accounts.ts";
import { auditEvent } from "#db/schema/audit.ts";
import { type TestDatabase, testDatabase } from "#db/testing.ts";
import { importAccounts, type LineReport } from "../accounts.ts";
import { readRows } from "../read-rows.ts";

let test: TestDatabase;
let ctx: Ctx;
let folder: string;
beforeAll(async () => {
  test = await testDatabase();
  await accountWith(test.db, "Somebody else");
  ctx = jobCtx(test.db, "accounts-import", new Date());
  folder = mkdtempSync(join(tmpdir(), "gatehouse-accounts-"));
});
afterAll(async () => {
  rmSync(folder, { recursive: true });
  await test.close();
});

const file = (name: string, lines: readonly string[]) => {
  const path = join(folder, name);
  writeFileSync(path, lines.join("\n"));
  return path;
};
async function run(path: string, isDryRun = false) {
  const reports: LineReport[] = [];
  const say = async (report: LineReport) => void reports.push(report);
  const format = path.endsWith(".csv") ? ("csv" as const) : ("jsonl" as const);
  return { totals: await importAccounts(ctx, path, { format, isDryRun, isQuiet: true, say }), reports };
}
const rows = async () => [await test.db.$count(account), await test.db.$count(auditEvent)];

describe("importing accounts", () => {
  const csv = [
    "externalId,name,plan,members,isProtected",
    'cus-1,"Smith, Sons",Starter,owner:a@one.example developer:b@one.example,true',
    "cus-2,Two,Hobby,,",
    "cus 3,Three,Hobby,,",
    "cus-4,Four,Nothing,,",
    "cus-5,Five,Hobby,king:e@five.example,",
    "cus-6,Six,Hobby,,maybe",
    "cus-2,Two again,Hobby,,",
  ];

  it("says line by line what it does, refuses what is wrong and does the rest; a dry run changes nothing", async () => {
    const path = file("mixed.csv", csv);
    const before = await rows();
    const dry = await run(path, true);
    expect(dry.totals).toEqual({ created: 3, changed: 0, unchanged: 0, refused: 4 });
    expect(JSON.stringify(dry.reports)).not.toContain("/invite/");
    expect(await rows()).toEqual(before);
    const { totals, reports } = await run(path);
    expect(totals).toEqual({ created: 2, changed: 1, unchanged: 0, refused: 4 });
    expect(reports).toMatchObject([
      { line: 2, externalId: "cus-1", outcome: "created", links: [expect.any(String), expect.any(String)] },
      { line: 3, externalId: "cus-2", outcome: "created" },
      { line: 4, outcome: "refused", why: expect.stringContaining("externalId") },
      { line: 5, outcome: "refused", why: "There is no plan called Nothing." },
      { line: 6, outcome: "refused", why: expect.stringContaining("members.0.role") },
      { line: 7, outcome: "refused", why: expect.stringContaining("isProtected") },
      { line: 8, externalId: "cus-2", outcome: "changed", changes: ["name"] },
    ]);
  });

  it("resumes where a run was stopped: what is done is unchanged", async () => {
    const lines = Array.from({ length: 60 }, (_, n) =>
      JSON.stringify({ externalId: `bulk-${n}`, name: `Bulk ${n}`, plan: "Starter" }),
    );
    await run(file("first.jsonl", lines.slice(0, 40)));
    const all = file("all.jsonl", lines);
    expect((await run(all)).totals).toEqual({ created: 20, changed: 0, unchanged: 40, refused: 0 });
    const before = await rows();
    expect((await run(all)).totals).toEqual({ created: 0, changed: 0, unchanged: 60, refused: 0 });
    expect(await rows()).toEqual(before);
  });
});

it.each(["csv", "jsonl"] as const)("reads no more of 10,000 lines of %s than is asked for", async (format) => {
  const name = "x".repeat(100);
  const lines = Array.from({ length: 10_000 }, (_, n) =>
    format === "csv" ? `c-${n},${name},Starter` : JSON.stringify({ externalId: `c-${n}`, name, plan: "Starter" }),
  );
  const path = file(`many.${format}`, format === "csv" ? ["externalId,name,plan", ...lines] : lines);
  const most = 512 * 1024;
  expect(statSync(path).size).toBeGreaterThan(2 * most);
  let bytes = 0;
  let asked = 0;
  let read = 0;
  const onBytes = (count: number) => (bytes += count);
  for await (const one of readRows(path, { format, schema: provisionInput, fromCells: (cells) => cells, onBytes })) {
    expect(one).toHaveProperty("row");
    asked += lines[read]?.length ?? 0;
    read += 1;
    // Time for a reader that runs ahead.
    if (read % 1_000 === 0) await turn();
    expect(bytes - asked).toBeLessThan(most);
  }
  expect(read).toBe(10_000);
});
