import { eq, sql } from "drizzle-orm";
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import { account, member } from "#db/schema/accounts.ts";
import { auditEvent } from "#db/schema/audit.ts";
import { invitation, user } from "#db/schema/auth.ts";
import { mail } from "#db/schema/mail.ts";
import { type TestDatabase, testDatabase } from "#db/testing.ts";
import type { Ctx } from "../frame/context.ts";
import { acceptInvitation } from "../invitations/accept-invitation.ts";
import { dayMs } from "../rules/time.ts";
import { accountWith, ctxOf, staffCtx, withKey } from "../testing.ts";
import { getAccountByExternalId, setExternalId } from "./external-id.ts";
import { listAccounts } from "./list-accounts.ts";
import { provisionAccount } from "./provision-account.ts";

/** A provider keeps its customers here in step by its own ids, and may say the same thing any number of times. */

let test: TestDatabase;
/** A program of the provider. */
let program: Ctx;
let admin: Ctx;
let serial = 0;
beforeAll(async () => {
  test = await testDatabase();
  await accountWith(test.db, "Somebody else");
  admin = await staffCtx(test.db, "admin");
  program = await withKey(admin, "automation");
});
afterEach(() => vi.stubEnv("SMTP_URL", ""));
afterAll(async () => {
  vi.unstubAllEnvs();
  await test.close();
});

const newId = () => `cus-${++serial}`;
const terms = { name: "Northwind", plan: "Starter" };
const provision = (externalId: string, more: object = {}, ctx = program) =>
  provisionAccount(ctx, { externalId, ...terms, ...more });
const days = (ctx: Ctx, count: number): Ctx => ({ ...ctx, now: new Date(ctx.now.getTime() + count * dayMs) });

/** Everything that a call can leave behind. */
async function traces() {
  const [audited, mailed, invited] = await Promise.all([
    test.db.$count(auditEvent),
    test.db.$count(mail),
    test.db.$count(invitation),
  ]);
  return { audited, mailed, invited };
}

/** Accepts in the invited person's place; without a mail server the call's answer has the link. */
async function join(externalId: string, email: string, role: "owner" | "developer") {
  const { members } = await provision(externalId, { members: [{ email, role }] });
  const secret = members?.invited[0]?.secret ?? "";
  const visitor = { ...ctxOf(test.db, { kind: "visitor" }), ip: `198.51.100.${++serial}` };
  await acceptInvitation(visitor, { secret, name: email, password: "seven green bottles standing" });
}

async function rolesOf(externalId: string) {
  const rows = await test.db
    .select({ email: user.email, role: member.role })
    .from(member)
    .innerJoin(user, eq(user.id, member.userId))
    .innerJoin(account, eq(account.id, member.accountId))
    .where(eq(account.externalId, externalId));
  return Object.fromEntries(rows.map(({ email, role }) => [email, role]));
}

describe("provisioning an account", () => {
  it("creates it once, says what it changed, and the same call again leaves no trace", async () => {
    vi.stubEnv("SMTP_URL", "smtp://127.0.0.1:1");
    const id = newId();
    const more = { members: [{ email: `a@${id}.example`, role: "owner" }], isProtected: true };
    const made = await provision(id, more);
    expect(made).toMatchObject({ outcome: "created", changes: ["isProtected", "members"] });
    expect(made.members?.invited).toMatchObject([
      { email: `a@${id}.example`, secret: null, sentTo: `a@${id}.example` },
    ]);
    const before = await traces();
    expect(await provision(id, more)).toMatchObject({ outcome: "unchanged", changes: [], accountId: made.accountId });
    expect(await provision(id)).toMatchObject({ outcome: "unchanged", members: null });
    // Nor later, when the invitation has run out.
    expect(await provision(id, more, days(program, 8))).toMatchObject({ outcome: "unchanged" });
    expect(await traces()).toEqual(before);
    const renewed = await provision(id, { ...more, renewInvitations: true }, days(program, 8));
    expect(renewed).toMatchObject({ outcome: "changed", changes: ["members"] });
    const changed = await provision(id, { name: "Southwind", plan: "Professional" });
    expect(changed).toMatchObject({ outcome: "changed", changes: ["name", "plan"] });
    expect(await getAccountByExternalId(admin, { externalId: id })).toMatchObject({
      ...{ id: made.accountId, externalId: id, name: "Southwind", planName: "Professional", isProtected: true },
    });
  });

  it("makes one account of 20 calls for the same id at the same time", async () => {
    const id = newId();
    const member = { email: `a@${id}.example`, role: "owner" };
    const calls = Array.from({ length: 20 }, () => provision(id, { members: [member] }));
    const outcomes = (await Promise.all(calls)).map((one) => one.outcome);
    expect(outcomes.filter((one) => one !== "unchanged")).toEqual(["created"]);
    expect(await test.db.$count(account, eq(account.externalId, id))).toBe(1);
    expect(await test.db.$count(invitation, eq(invitation.email, member.email))).toBe(1);
  });

  it("gives a thousand customers of the same name an account each", async () => {
    const ids = Array.from({ length: 30 }, newId);
    for (const id of ids) expect(await provision(id, { name: "Smith" })).toMatchObject({ outcome: "created" });
  });

  it("matches the members to the list, and never takes the last owner", async () => {
    const id = newId();
    const [first, second] = [`first@${id}.example`, `second@${id}.example`];
    await provision(id);
    await join(id, first, "owner");
    const dev = { email: `dev@${id}.example`, role: "developer" };
    expect((await provision(id, { members: [dev] })).members).toMatchObject({
      ...{ removed: 0, kept: [{ email: expect.not.stringContaining(first) }] },
      invited: [{ email: dev.email }],
    });
    expect(await rolesOf(id)).toEqual({ [first]: "owner" });
    // Neither as a developer: then nobody would be an owner.
    const demoting = { members: [{ email: first, role: "developer" }] };
    expect((await provision(id, demoting)).members).toMatchObject({ changed: 0, withdrawn: 1, kept: [{}] });
    expect(await provision(id, demoting)).toMatchObject({ outcome: "unchanged" });

    const { members } = await provision(id, {
      members: [
        { email: first, role: "owner" },
        { email: second, role: "owner" },
      ],
    });
    const visitor = { ...ctxOf(test.db, { kind: "visitor" }), ip: `198.51.100.${++serial}` };
    const secret = members?.invited[0]?.secret ?? "";
    await acceptInvitation(visitor, { secret, name: "Second", password: "seven green bottles standing" });
    const left = await provision(id, { members: [{ email: second, role: "owner" }] });
    expect(left.members).toMatchObject({ removed: 1, kept: [] });
    expect(await rolesOf(id)).toEqual({ [second]: "owner" });
  });

  it("lets no program take the protection off, and a person's key do it", async () => {
    const id = newId();
    await provision(id, { isProtected: true });
    await expect(provision(id, { isProtected: false })).rejects.toMatchObject({ code: "forbidden" });
    const personal = await withKey(admin, "personal");
    expect(await provision(id, { isProtected: false }, personal)).toMatchObject({ changes: ["isProtected"] });
  });

  it("refuses an id that is no id, a plan that is none, and a member who is named twice", async () => {
    for (const id of ["", " ", "a b", "ü", "..", "x".repeat(201), "a\nb"])
      await expect(provision(id), id).rejects.toMatchObject({ code: "invalid" });
    await expect(provision(newId(), { plan: "None" })).rejects.toMatchObject({ code: "invalid" });
    const twice = ["A@x.example", "a@x.example"].map((email) => ({ email, role: "viewer" }));
    await expect(provision(newId(), { members: twice })).rejects.toMatchObject({
      fields: { "members.1.email": "a@x.example is in the list twice." },
    });
  });
});

describe("the external id of an account opened by hand", () => {
  it("is set, changed and taken off by staff, once each, and belongs to one account", async () => {
    const { accountId } = await accountWith(test.db, "By hand");
    const [id, other] = [newId(), newId()];
    await provision(other);
    expect(await setExternalId(admin, { accountId, externalId: id })).toEqual({ externalId: id, isChanged: true });
    const before = await traces();
    expect(await setExternalId(admin, { accountId, externalId: id })).toMatchObject({ isChanged: false });
    expect(await traces()).toEqual(before);
    await expect(setExternalId(admin, { accountId, externalId: other })).rejects.toMatchObject({ code: "conflict" });
    expect(await provision(id, { name: "By hand" })).toMatchObject({ accountId, outcome: "unchanged" });
    expect((await listAccounts(admin, { search: id })).accounts).toMatchObject([{ id: accountId, externalId: id }]);
    await setExternalId(admin, { accountId, externalId: "" });
    await expect(getAccountByExternalId(admin, { externalId: id })).rejects.toMatchObject({ code: "not_found" });
  });

  it("raises the standing version, so that the gates read the account again", async () => {
    const { accountId } = await accountWith(test.db, "By hand");
    const version = async () =>
      (await test.db.execute(sql`select standing_version::int as v from account where id = ${accountId}`))[0]?.v;
    const before = Number(await version());
    await setExternalId(admin, { accountId, externalId: newId() });
    expect(Number(await version())).toBe(before + 1);
  });
});
