import { randomBytes } from "node:crypto";
import { eq, sql } from "drizzle-orm";
import { afterAll, beforeAll, expect, it } from "vitest";
import { type Database, openDatabase } from "#db/client.ts";
import { migrate } from "#db/migrate.ts";
import { auditEvent } from "#db/schema/audit.ts";
import { type TestDatabase, testDatabase } from "#db/testing.ts";
import { verifyAudit } from "../audit/verify-audit.ts";
import { signOut } from "../auth/sign-out.ts";
import type { Ctx } from "../frame/context.ts";
import { accountWith, staffCtx } from "../testing.ts";
import { closeAccount } from "./close-account.ts";
import { eraseAccount } from "./erase-account.ts";

/** Where the product's role owns no table, it erases through the owner's function, which trusts it with nobody but the account's own people. */

let test: TestDatabase;
let app: { db: Database; close: () => Promise<void> };
const role = `gatehouse_app_${randomBytes(4).toString("hex")}`;
beforeAll(async () => {
  test = await testDatabase();
  const url = new URL(test.url);
  url.username = role;
  url.password = "a password of the test";
  await migrate(test.url, url.href);
  app = openDatabase(url.href, { max: 3, applicationName: "gatehouse-test" });
});
afterAll(async () => {
  await app.close();
  await test.sql.unsafe(`drop owned by ${role}`);
  await test.close();
});

const userIdOf = ({ actor }: Ctx) => ("userId" in actor ? (actor.userId ?? "") : "");
/** Where somebody acted from, outside of any account. */
async function placesOf(ctx: Ctx): Promise<(string | null)[]> {
  const rows = await app.db
    .select({ ip: auditEvent.ip })
    .from(auditEvent)
    .where(eq(auditEvent.actorUserId, userIdOf(ctx)));
  return rows.map((one) => one.ip);
}

it("erases an account and its people, and leaves the audit of everybody else as it was", async () => {
  const admin = await staffCtx(app.db, "admin");
  const { accountId, memberCtx } = await accountWith(app.db, "Gone");
  const stranger = await (await accountWith(app.db, "Staying")).memberCtx("owner");
  const owner = await memberCtx("owner");
  for (const who of [owner, stranger, admin]) await signOut(who, {});
  await closeAccount(admin, { accountId, reason: "Asked." });
  // Named by hand: a person of the staff and one of another account.
  const others = [admin, stranger].map(userIdOf).join(",");
  await app.db
    .transaction(async (tx) => {
      await tx.execute(
        sql`select erase_records(gen_random_uuid(), ${accountId}::uuid, string_to_array(${others}, ',')::uuid[], '{}', '{}')`,
      );
      const erased = await tx.execute(
        sql`select 1 from audit_event where erasure_id is not null and account_id is null`,
      );
      expect(erased).toHaveLength(0);
      tx.rollback();
    })
    .catch((error: unknown) => {
      if (!(error instanceof Error) || error.message !== "Rollback") throw error;
    });
  await eraseAccount(admin, { accountId, isImmediate: true });
  expect(await placesOf(owner)).toEqual([null]);
  expect(await placesOf(stranger)).toEqual(["203.0.113.7"]);
  expect(new Set(await placesOf(admin))).toEqual(new Set(["203.0.113.7"]));
  expect(await verifyAudit(app.db)).toMatchObject({ brokenAt: null });
});
