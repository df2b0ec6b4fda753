import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type OpenDatabase, openDatabase } from "#db/client.ts";
import { user } from "#db/schema/auth.ts";
import { type TestDatabase, testDatabase } from "#db/testing.ts";
import { acceptInvitation } from "../invitations/accept-invitation.ts";
import { inviteMember } from "../invitations/invite.ts";
import { accountWith, ctxOf } from "../testing.ts";
import { changePassword } from "./change-password.ts";
import { hashPassword } from "./password.ts";
import { createResetLink } from "./request-reset.ts";
import { resetPassword } from "./reset-password.ts";
import { signIn } from "./sign-in.ts";

/** What hashing costs others: a pool of five that everybody shares, and a second one that watches it. */

const password = "correct horse battery";
let test: TestDatabase;
let watch: OpenDatabase;
beforeAll(async () => {
  test = await testDatabase();
  watch = openDatabase(test.url, { max: 1, applicationName: "gatehouse-watch" });
});
afterAll(async () => {
  await watch.close();
  await test.close();
});

const visitor = (n: number) => ({ ...ctxOf(test.db, { kind: "visitor" }), ip: `198.51.100.${n}` });
const strangers = (count: number) =>
  Array.from({ length: count }, (_, n) => () => signIn(visitor(n), { email: `nobody-${n}@example.com`, password }));

/** Starts all of it, and tells how many were finished when a page's query, asked after all of them, was answered. */
async function finishedBefore(work: (() => Promise<unknown>)[]): Promise<number> {
  let finished = 0;
  const all = work.map((one) => one().finally(() => (finished += 1)));
  await Promise.resolve();
  await test.sql`select 1`;
  const then = finished;
  await Promise.allSettled(all);
  return then;
}

/** Connections of the pool inside a transaction without a statement, when everything that was asked waits for its turn to hash. */
async function idleInTransaction(work: (() => Promise<unknown>)[]): Promise<number> {
  let isBusy = true;
  const before = Promise.all(Array.from({ length: 60 }, () => hashPassword(password))).then(() => {
    isBusy = false;
  });
  const all = Promise.allSettled(work.map((one) => one()));
  let last = 0;
  while (isBusy) {
    const [row] = await watch.sql<{ idle: number }[]>`
      select count(*)::int as idle from pg_stat_activity
      where datname = current_database() and application_name = 'gatehouse-test' and state like 'idle in transaction%'`;
    if (isBusy) last = row?.idle ?? 0;
    await sleep(5);
  }
  await before;
  await all;
  return last;
}

describe("passwords that are being compared", () => {
  it("keep no page waiting for a connection, however many there are", async () => {
    expect(await finishedBefore(strangers(40))).toBeLessThan(5);
  });

  it("leave the pool free at each door: signing in, a proof, a reset and an invitation", async () => {
    const { memberCtx } = await accountWith(test.db, "Doors");
    const owner = await memberCtx("owner");
    const passwordHash = await hashPassword(password);
    const doors: (() => Promise<unknown>)[] = strangers(8);
    for (let n = 0; n < 8; n += 1) {
      const mia = await memberCtx("viewer");
      if (mia.actor.kind !== "member") throw new Error("no member");
      await test.db.update(user).set({ passwordHash });
      const invited = await inviteMember(owner, { email: `invited-${n}@example.com`, role: "viewer" });
      const [{ email = "" } = {}] = await test.sql<{ email: string }[]>`
        select email from "user" where id = ${mia.actor.userId}`;
      const link = await createResetLink(ctxOf(test.db, { kind: "job", name: "test" }), { email });
      doors.push(() => changePassword(mia, { password: "nope", newPassword: "a much better phrase" }));
      doors.push(() => acceptInvitation(visitor(n), { secret: invited.secret ?? "", name: "Invited", password }));
      doors.push(() => resetPassword(visitor(n), { secret: link?.secret ?? "", newPassword: "a phrase to remember" }));
    }
    expect(await idleInTransaction(doors)).toBe(0);
  });
});
