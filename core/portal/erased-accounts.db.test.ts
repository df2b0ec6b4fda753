import { eq, like } from "drizzle-orm";
import { afterAll, beforeAll, expect, it } from "vitest";
import { member } from "#db/schema/accounts.ts";
import { user } from "#db/schema/auth.ts";
import { type TestDatabase, testDatabase } from "#db/testing.ts";
import { closeAccount } from "../accounts/close-account.ts";
import { eraseAccount } from "../accounts/erase-account.ts";
import type { Ctx } from "../frame/context.ts";
import { accountWith, ctxOf, staffCtx, withKey } from "../testing.ts";
import { enterByPortal } from "./enter-by-portal.ts";
import { makePortalLink } from "./make-portal-link.ts";

/** Nobody comes into an account whose people were erased, not even at the same time. */

let test: TestDatabase;
let admin: Ctx;
let key: Ctx;
beforeAll(async () => {
  test = await testDatabase();
  admin = await staffCtx(test.db, "admin");
  key = await withKey(admin, "automation");
});
afterAll(() => test.close());

const linkFor = async (accountId: string, email: string) => {
  const { url } = await makePortalLink(key, { accountId, email, name: "Mara", role: "viewer" });
  return new URL(url).pathname.replace("/portal/", "");
};

it("a link that was made before is over, and none is made after", async () => {
  const { accountId } = await accountWith(test.db, "Gone");
  const secret = await linkFor(accountId, "late@gone.example");
  await closeAccount(admin, { accountId, reason: "Asked." });
  await eraseAccount(admin, { accountId, isImmediate: true });
  await expect(enterByPortal(ctxOf(test.db, { kind: "visitor" }), { secret })).rejects.toMatchObject({ code: "gone" });
  await expect(linkFor(accountId, "later@gone.example")).rejects.toMatchObject({ code: "conflict" });
  expect(await test.db.$count(user, like(user.email, "%@gone.example"))).toBe(0);
});

it("who comes in while it is being erased is either erased too or not let in", async () => {
  for (let round = 0; round < 12; round += 1) {
    const { accountId } = await accountWith(test.db, "Racing");
    const email = `racer.${round}@racing.example`;
    const secret = await linkFor(accountId, email);
    await closeAccount(admin, { accountId, reason: "Asked." });
    const both = [
      eraseAccount(admin, { accountId, isImmediate: true }),
      enterByPortal(ctxOf(test.db, { kind: "visitor" }), { secret }),
    ];
    const [first, second] = round % 2 === 0 ? both : [...both].reverse();
    await Promise.allSettled([first, second]);
    // One of them may have had to give way to the other; an erasure is repeat-safe.
    await eraseAccount(admin, { accountId, isImmediate: true });
    expect(await test.db.$count(member, eq(member.accountId, accountId))).toBe(0);
    expect(await test.db.$count(user, eq(user.email, email))).toBe(0);
  }
});
