import { sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { renameAccount } from "#core/accounts/rename-account.ts";
import { can } from "#core/frame/permissions.ts";
import { enterByPortal } from "#core/portal/enter-by-portal.ts";
import { makePortalLink } from "#core/portal/make-portal-link.ts";
import { accountWith, ctxOf, staffCtx, withKey } from "#core/testing.ts";
import { member } from "#db/schema/accounts.ts";
import { auditEvent } from "#db/schema/audit.ts";
import { staffMember, user } from "#db/schema/auth.ts";
import { type TestDatabase, testDatabase } from "#db/testing.ts";
import { browser, commandOf, everyAction } from "./testing.ts";

/**
 * A portal session of somebody who is an admin of the staff and an owner of another account, posted to every action of every screen:
 * it is worth no more than its own account.
 */

const actions = [...(await everyAction())].map(([name, act]) => ({ name, act, useCase: commandOf(act) }));
let test: TestDatabase;
let portal: { sessionId: string; userId: string };
let own: Awaited<ReturnType<typeof accountWith>>;
let other: Awaited<ReturnType<typeof accountWith>>;

beforeAll(async () => {
  test = await testDatabase();
  own = await accountWith(test.db, "Own");
  other = await accountWith(test.db, "Other");
  const email = "both@example.com";
  const [made] = await test.db.insert(user).values({ email, name: "Bo Both", emailVerifiedAt: new Date() }).returning();
  const userId = made?.id ?? "";
  await test.db.insert(staffMember).values({ userId, role: "admin" });
  await test.db.insert(member).values({ accountId: other.accountId, userId, role: "owner" });
  const now = new Date();
  const key = await withKey(await staffCtx(test.db, "admin", undefined, now), "automation");
  const { url } = await makePortalLink(key, { accountId: own.accountId, email, name: "Bo", role: "owner" });
  const secret = new URL(url).pathname.split("/").at(-1) ?? "";
  portal = await enterByPortal(ctxOf(test.db, { kind: "visitor" }, now), { secret });
});
afterAll(() => test.close());

const visitor = { kind: "visitor" } as const;
const audited = async () => (await test.db.select({ n: sql<number>`count(*)::int` }).from(auditEvent))[0]?.n ?? 0;
const actor = () => ({ kind: "user" as const, ...portal, name: "Bo Both", email: "both@example.com" });

describe("a portal session", () => {
  const guarded = actions.filter(
    ({ useCase }) => !can(visitor, useCase.permission) && useCase.permission !== "session:end",
  );

  it("is posted to most actions there are", () => {
    expect(guarded.length).toBeGreaterThan(100);
  });

  it.each(guarded)("does nothing by $name in another account, at the desk, or to the person", async ({ act }) => {
    const before = await audited();
    const result = await browser(test.db)
      .post(act, actor(), { nonsense: "x" }, { account: other.slug })
      // A plain form has no place to say it in: its refusal goes to the error page.
      .catch(({ message }: Error) => ({
        status: "error",
        code: /needs the permission|There is no such/.test(message) ? "forbidden" : "",
      }));
    expect(result).toMatchObject({ status: "error", code: expect.stringMatching(/^(not_found|forbidden)$/) });
    expect(await audited()).toBe(before);
  });

  it("is the only one that a page in a frame acts with: an ordinary session could be made to click there", async () => {
    const owner = await own.memberCtx("owner");
    const inFrame = { account: own.slug, headers: { "sec-fetch-dest": "iframe" } };
    const rename = actions.find(({ useCase }) => useCase === renameAccount);
    if (!rename) throw new Error("No screen renames accounts.");
    const post = (as: typeof owner.actor, where: object) =>
      browser(test.db).post(rename.act, as, { name: "Renamed", nonsense: 1 }, where);
    expect(await post(owner.actor, { account: own.slug })).toMatchObject({ code: "invalid" });
    expect(await post(owner.actor, inFrame)).toMatchObject({ code: "unauthenticated" });
    expect(await post(actor(), inFrame)).toMatchObject({ code: "invalid" });
  });

  const ofAccount = guarded.filter(
    ({ name, useCase }) => name.startsWith("owner/") && !useCase.permission.startsWith("session:"),
  );
  it.each(ofAccount)("is taken for an owner by $name in its own account", async ({ act }) => {
    const result = await browser(test.db).post(act, actor(), { nonsense: "x" }, { account: own.slug });
    expect(result).toMatchObject({ status: "error", code: "invalid" });
  });
});
