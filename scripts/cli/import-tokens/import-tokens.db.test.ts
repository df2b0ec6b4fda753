import { createHash, randomBytes } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Ctx, jobCtx } from "#core/frame/context.ts";
import { accountWith } from "#core/testing.ts";
import { type TestDatabase, testDatabase } from "#db/testing.ts";
import { importFile } from "../import-tokens.ts";

let test: TestDatabase;
let ctx: Ctx;
let folder: string;
let slug: string;
const sha = (text: string) => createHash("sha256").update(text).digest("hex");

beforeAll(async () => {
  test = await testDatabase();
  slug = (await accountWith(test.db, "Acme")).slug;
  ctx = jobCtx(test.db, "import-tokens", new Date());
  folder = mkdtempSync(join(tmpdir(), "gatehouse-import-"));
});
afterAll(async () => {
  rmSync(folder, { recursive: true });
  await test.close();
});

const file = (name: string, content: string | Buffer) => {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
};
const tokens = async () => {
  const [row] = await test.sql`select count(*)::int as tokens, count(distinct hash)::int as hashes
    from token t join token_secret s on s.token_id = t.id`;
  return [row?.tokens, row?.hashes];
};

describe("importing tokens by their hashes", () => {
  it("takes CSV and JSON Lines, plain and gzip, with quotes, scopes, ends and previews", async () => {
    const csv = `\ufeffaccount,name,sha256,scopes,expiresAt,preview\r\n${slug},"cron, nightly",${sha("a")},email:send email:read,2030-01-01T00:00:00Z,…ab12\r\n${slug},plain,${sha("b").toUpperCase()},,,\r\n`;
    expect(await importFile(ctx, file("one.csv.gz", gzipSync(csv)), "csv", false, true)).toMatchObject({
      imported: 2,
      refused: 0,
    });
    const lines = [{ account: slug, name: "json", sha256: sha("c"), scopes: ["email:send"] }].map((row) =>
      JSON.stringify(row),
    );
    expect(await importFile(ctx, file("two.jsonl", lines.join("\n")), "jsonl", false, true)).toMatchObject({
      imported: 1,
    });
    const rows =
      await test.sql`select name, scopes, expires_at, preview from token t join token_secret s on s.token_id = t.id order by name`;
    expect(rows).toMatchObject([
      { name: "cron, nightly", scopes: ["email:send", "email:read"], preview: "…ab12" },
      { name: "json", preview: `sha256:${sha("c").slice(0, 8)}…` },
      { name: "plain", scopes: [], expires_at: null },
    ]);
  });

  it("names what it refuses by line, imports the rest, and changes nothing in a dry run", async () => {
    const before = await tokens();
    const text = [
      "account,name,sha256,scopes",
      `${slug},fine,${sha("fine")},`,
      `nobody,x,${sha("x")},`,
      `${slug},y,1234,`,
      `${slug},z,${sha("z")},no:such`,
      `${slug},,${sha("w")},`,
    ].join("\n");
    const path = file("mixed.csv", text);
    const dry = await importFile(ctx, path, "csv", true, true);
    expect(dry).toMatchObject({ imported: 1, refused: 4, isDryRun: true });
    expect(await tokens()).toEqual(before);
    const { refusals } = await importFile(ctx, path, "csv", false, true);
    expect([...refusals].sort((a, b) => a.line - b.line).map(({ line }) => line)).toEqual([3, 4, 5, 6]);
    expect(await tokens()).toEqual(before.map((one) => one + 1));
  });

  it("loses and doubles none when it is stopped midway and run again", async () => {
    const before = await tokens();
    const hashes = Array.from({ length: 12_000 }, () => randomBytes(32).toString("hex"));
    const rows = hashes.map((hash, n) => `${slug},bulk ${n},${hash}`);
    const half = file("half.csv", ["account,name,sha256", ...rows.slice(0, 7_000)].join("\n"));
    await importFile(ctx, half, "csv", false, true);
    const all = file("all.csv", ["account,name,sha256", ...rows, rows[0]].join("\n"));
    expect(await importFile(ctx, all, "csv", false, true)).toMatchObject({ imported: 5_000, known: 7_001, refused: 0 });
    expect(await tokens()).toEqual(before.map((one) => one + 12_000));
  });
});
