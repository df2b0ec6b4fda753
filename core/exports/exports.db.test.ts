import { eq, sql } from "drizzle-orm";
import { strFromU8, unzipSync } from "fflate";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { accountExport, exportChunk } from "#db/schema/exports.ts";
import { tokenSecret } from "#db/schema/tokens.ts";
import { usageDay } from "#db/schema/usage.ts";
import { type TestDatabase, testDatabase } from "#db/testing.ts";
import { listAudit } from "../audit/list-audit.ts";
import type { Ctx } from "../frame/context.ts";
import { accountWith, onTestDay, testNow } from "../testing.ts";
import { createToken } from "../tokens/create-token.ts";
import { buildExport, failExport, removeOldExports } from "./build-export.ts";
import { exportFiles } from "./export-files.ts";
import { listExports } from "./list-exports.ts";
import { readExport } from "./read-export.ts";
import { requestExport } from "./request-export.ts";

let test: TestDatabase;
let owner: Ctx;
let developer: Ctx;
let stranger: Ctx;
let accountId: string;
let secret: string;

beforeAll(async () => {
  test = await testDatabase();
  await test.db.execute(sql`select ensure_usage_partitions(${testNow}, ${testNow})`);
  const account = await accountWith(test.db, "Taking Ltd");
  ({ accountId } = account);
  owner = await account.memberCtx("owner");
  developer = await account.memberCtx("developer");
  const other = await accountWith(test.db, "Stranger");
  stranger = await other.memberCtx("owner");
  const made = await createToken(owner, { name: "mine", scopes: ["email:send"] });
  ({ secret } = made);
  await createToken(stranger, { name: "theirs-alone" });
  const row = { endpointId: 1, surface: "http", outcome: "allowed", at: onTestDay("00:00:00") };
  const tokens = Array.from({ length: 2_500 }, () => crypto.randomUUID());
  await test.db
    .insert(usageDay)
    .values(tokens.map((tokenId) => ({ ...row, accountId, tokenId, requests: 2, spent: 2 })));
  await test.db
    .insert(usageDay)
    .values({ ...row, accountId: other.accountId, tokenId: crypto.randomUUID(), requests: 77, spent: 77 });
});
afterAll(() => test.close());

/** The archive as a person would get it. */
async function archive(exportId: string): Promise<Record<string, string>> {
  const parts: Buffer[] = [];
  for (let position = 0; ; position += 1) {
    const { part } = await readExport(owner, { exportId, position });
    if (part === null) break;
    parts.push(part);
  }
  const files = unzipSync(new Uint8Array(Buffer.concat(parts)));
  return Object.fromEntries(Object.entries(files).map(([name, bytes]) => [name, strFromU8(bytes)]));
}

describe("an archive of an account", () => {
  let files: Record<string, string>;
  beforeAll(async () => {
    const { exportId } = await requestExport(owner, {});
    await expect(requestExport(owner, {})).rejects.toMatchObject({ code: "conflict" });
    await buildExport(test.db, exportId, testNow);
    files = await archive(exportId);
  });
  const lines = (name: string) =>
    (files[name] ?? "")
      .trimEnd()
      .split("\n")
      .filter((line) => line !== "");

  it("holds every file that is documented, and no other", () => {
    expect(Object.keys(files).sort()).toEqual(["README.txt", ...exportFiles.map(({ name }) => name)].sort());
  });

  it("holds every day of use, its tokens and what was done", () => {
    expect(lines("usage-by-day.jsonl")).toHaveLength(2_500);
    const sum = lines("usage-by-day.jsonl").reduce((total, line) => total + JSON.parse(line).requests, 0);
    expect(sum).toBe(5_000);
    expect(JSON.parse(lines("tokens.jsonl")[0] ?? "")).toMatchObject({ name: "mine", scopes: ["email:send"] });
    expect(lines("audit.jsonl").map((line) => JSON.parse(line).action)).toContain("token.create");
  });

  it("holds nothing of another account", () => {
    expect(Object.values(files).join("\n")).not.toContain("theirs-alone");
  });

  it("holds no secret and no hash of one", async () => {
    const all = Object.values(files).join("\n");
    expect(all).not.toContain(secret);
    for (const { hash } of await test.db.select({ hash: tokenSecret.hash }).from(tokenSecret))
      expect(all).not.toContain(hash.toString("hex"));
  });

  it("is listed with how many files and rows it has", async () => {
    const rows = Object.keys(files)
      .filter((name) => name.endsWith(".jsonl"))
      .reduce((total, name) => total + lines(name).length, 0);
    const [row] = await listExports(owner, {});
    const filesTotal = exportFiles.length;
    expect(row).toMatchObject({ state: "done", filesDone: filesTotal, filesTotal, rows });
  });

  it("is the owners' alone, for seven days", async () => {
    const [row] = await listExports(owner, {});
    const exportId = row?.id ?? "";
    await expect(readExport(stranger, { exportId })).rejects.toMatchObject({ code: "not_found" });
    await expect(readExport(developer, { exportId })).rejects.toMatchObject({ code: "forbidden" });
    const later = { ...owner, now: new Date(testNow.getTime() + 7 * 86_400_000) };
    await expect(readExport(later, { exportId })).rejects.toMatchObject({ code: "not_found" });
    await removeOldExports(test.db, later.now);
    expect((await listExports(owner, {}))[0]).toMatchObject({ state: "removed" });
    expect(await test.db.select({ position: exportChunk.position }).from(exportChunk)).toEqual([]);
  });

  it("is built anew when its worker died, and says so when it cannot be built", async () => {
    const { exportId } = await requestExport(owner, {});
    await test.db.update(accountExport).set({ state: "running", filesDone: 3 }).where(eq(accountExport.id, exportId));
    await test.db.insert(exportChunk).values({ exportId, position: 0, bytes: Buffer.from("half") });
    await buildExport(test.db, exportId, testNow);
    expect(Object.keys(await archive(exportId))).toContain("account.jsonl");
    await failExport(test.db, exportId, testNow);
    const row = (await listExports(owner, {})).find(({ id }) => id === exportId);
    expect(row).toMatchObject({ state: "failed" });
  });
});

describe("the audit of an account", () => {
  it("is filtered by what, who and when", async () => {
    const actions = async (filter: Parameters<typeof listAudit>[1]) =>
      (await listAudit(owner, filter)).events.map((row) => row.action);
    expect(await actions({ action: "token." })).toEqual(["token.create"]);
    expect(await actions({ action: "token.create", actor: "taking ltd OWNER" })).toEqual(["token.create"]);
    expect(await actions({ actor: "100%" })).toEqual([]);
    expect(await actions({ from: new Date(testNow.getTime() + 1), limit: 10 })).toEqual([]);
    expect(await actions({ until: testNow })).toEqual([]);
  });
});
