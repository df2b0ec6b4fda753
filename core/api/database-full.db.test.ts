import { randomBytes } from "node:crypto";
import { afterAll, beforeAll, expect, it } from "vitest";
import { openDatabase } from "#db/client.ts";
import { migrate } from "#db/migrate.ts";
import { type TestDatabase, testDatabase } from "#db/testing.ts";
import { createKey } from "../staff-keys/create-key.ts";
import { accountWith, staffCtx, testNow } from "../testing.ts";
import { apiClient } from "./testing.ts";

/** Postgres that takes no more connections is away for who asks: they try again, and see no internal error. */

let test: TestDatabase;
const role = `gatehouse_app_${randomBytes(4).toString("hex")}`;
let appUrl: string;
beforeAll(async () => {
  test = await testDatabase();
  const url = new URL(test.url);
  url.username = role;
  url.password = "a password of the test";
  appUrl = url.href;
  await migrate(test.url, appUrl);
});
afterAll(async () => {
  await test.sql.unsafe(`drop owned by ${role}`);
  await test.close();
});

it("a call that gets no connection is told to try again, and is answered once there is one", async () => {
  const admin = await staffCtx(test.db, "admin");
  const { secret: token } = await createKey(admin, { name: "product", scopes: ["staff:portal:open"] });
  const { accountId } = await accountWith(test.db, "Full");
  const body = { accountId, email: "mara@example.com", name: "Mara Vance", role: "developer" };
  await test.sql.unsafe(`alter role ${role} connection limit 1`);
  const [other, web] = [openDatabase(appUrl, { max: 1 }), openDatabase(appUrl, { max: 10 })];
  const ask = () => apiClient(web.db, testNow)("POST", "/staff/portal-sessions", { token, body });
  try {
    await other.sql`select 1`;
    const full = await Promise.all(Array.from({ length: 20 }, ask));
    expect(new Set(full.map((one) => `${one.status} ${one.body.code}`))).toEqual(new Set(["503 unavailable"]));
    await test.sql.unsafe(`alter role ${role} connection limit 20`);
    expect(await ask()).toMatchObject({ status: 201 });
  } finally {
    await Promise.all([other.close(), web.close()]);
  }
});
