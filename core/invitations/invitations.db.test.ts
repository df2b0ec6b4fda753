import { and, eq, isNull } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { member } from "#db/schema/accounts.ts";
import { staffKey } from "#db/schema/api.ts";
import { session, staffMember, user } from "#db/schema/auth.ts";
import { type TestDatabase, testDatabase } from "#db/testing.ts";
import { closeAccount } from "../accounts/close-account.ts";
import { eraseAccount } from "../accounts/erase-account.ts";
import { hashPassword } from "../auth/password.ts";
import { ProofNeeded } from "../frame/errors.ts";
import { changeMemberRole } from "../members/change-role.ts";
import { removeMember } from "../members/remove-member.ts";
import { minuteMs } from "../rules/time.ts";
import { addProvider } from "../single-sign-on/configure.ts";
import { changeStaffRole, removeStaff } from "../staff/change-staff.ts";
import { listStaff } from "../staff/list-staff.ts";
import { accountWith, ctxOf, staffCtx, withKey } from "../testing.ts";
import { acceptInvitation } from "./accept-invitation.ts";
import { inviteMember, inviteOwner, inviteStaff } from "./invite.ts";
import { resendInvitation } from "./resend-invitation.ts";
import { revokeInvitation, revokeStaffInvitation } from "./revoke-invitation.ts";

/** What an old link may still do when the person has come, gone or changed. */

const password = "correct horse battery";
let test: TestDatabase;
let serial = 0;
beforeAll(async () => {
  test = await testDatabase();
});
afterAll(() => test.close());

const newEmail = () => `someone.${++serial}@example.com`;
const accept = (secret: string | null) =>
  acceptInvitation(ctxOf(test.db, { kind: "visitor" }), { secret: secret ?? "", name: "Someone", password });
const gone = { code: "gone" };

async function idOf(email: string): Promise<string> {
  const [found] = await test.db.select({ id: user.id }).from(user).where(eq(user.email, email));
  return found?.id ?? "";
}
const rolesIn = async (accountId: string, userId: string) =>
  test.db
    .select({ role: member.role })
    .from(member)
    .where(and(eq(member.accountId, accountId), eq(member.userId, userId)));

describe("an invitation into an account", () => {
  it("takes the place of an older one to the same person", async () => {
    const owner = await (await accountWith(test.db, "Twice")).memberCtx("owner");
    const email = newEmail();
    const first = await inviteMember(owner, { email, role: "owner" });
    const second = await inviteMember(owner, { email, role: "viewer" });
    await expect(accept(first.secret)).rejects.toMatchObject(gone);
    expect(await accept(second.secret)).toMatchObject({ ok: true, role: "viewer" });
  });

  it("brings nobody back who was removed or got another role, nor those whom they had invited", async () => {
    const { accountId, memberCtx } = await accountWith(test.db, "Left");
    const owner = await memberCtx("owner");
    const leaving = await memberCtx("owner");
    const { userId } = leaving.actor as { userId: string };
    const theirs = await inviteMember(leaving, { email: newEmail(), role: "owner" });
    const [address] = await test.db.select({ email: user.email }).from(user).where(eq(user.id, userId));
    const desk = await staffCtx(test.db, "admin");
    // Staff help an owner who cannot get in, so a link to a member can be there.
    const own = await inviteOwner(desk, { accountId, email: address?.email ?? "" });
    await changeMemberRole(owner, { userId, role: "viewer" });
    await expect(accept(own.secret)).rejects.toMatchObject(gone);
    await expect(accept(theirs.secret)).rejects.toMatchObject(gone);
    const again = await inviteOwner(desk, { accountId, email: address?.email ?? "" });
    await removeMember(owner, { userId });
    await expect(accept(again.secret)).rejects.toMatchObject(gone);
    expect(await rolesIn(accountId, userId)).toEqual([]);
  });

  it("never leaves an account without an owner", async () => {
    const { accountId, memberCtx } = await accountWith(test.db, "Alone");
    const first = await memberCtx("owner");
    const email = newEmail();
    const asViewer = await inviteMember(first, { email, role: "viewer" });
    const asOwner = await inviteMember(first, { email: newEmail(), role: "owner" });
    await accept(asOwner.secret);
    await accept(asViewer.secret);
    // The invited becomes the only owner, and an older link to them as a viewer is still there.
    const userId = await idOf(email);
    await test.db.update(member).set({ role: "owner" }).where(eq(member.userId, userId));
    const stale = await inviteMember(first, { email: newEmail(), role: "viewer" });
    await test.db.execute(`update invitation set email = '${email}' where id = '${stale.id}'`);
    await test.db.execute(`delete from member where account_id = '${accountId}' and user_id <> '${userId}'`);
    await expect(accept(stale.secret)).rejects.toMatchObject({ code: "conflict" });
    expect(await rolesIn(accountId, userId)).toEqual([{ role: "owner" }]);
  });

  it("to become an owner is sent again only by who has just proven that it is them, as they were invited", async () => {
    const owner = await (await accountWith(test.db, "Again")).memberCtx("owner");
    const { sessionId } = owner.actor as { sessionId: string };
    const asOwner = await inviteMember(owner, { email: newEmail(), role: "owner" });
    const asViewer = await inviteMember(owner, { email: newEmail(), role: "viewer" });
    const long = new Date(owner.now.getTime() - 16 * minuteMs);
    await test.db.update(session).set({ provenAt: long }).where(eq(session.id, sessionId));
    await expect(resendInvitation(owner, { invitationId: asOwner.id })).rejects.toBeInstanceOf(ProofNeeded);
    expect(await resendInvitation(owner, { invitationId: asViewer.id })).toMatchObject({ sentTo: null });
    await test.db.update(session).set({ provenAt: owner.now }).where(eq(session.id, sessionId));
    expect(await resendInvitation(owner, { invitationId: asOwner.id })).toMatchObject({ sentTo: null });
  });

  it("is not revoked through the staff's door, nor theirs through the account's", async () => {
    const owner = await (await accountWith(test.db, "Doors")).memberCtx("owner");
    const admin = await staffCtx(test.db, "admin");
    const own = await inviteMember(owner, { email: newEmail(), role: "viewer" });
    const theirs = await inviteStaff(admin, { email: newEmail(), role: "support" });
    const missing = { code: "not_found" };
    await expect(revokeStaffInvitation(admin, { invitationId: own.id })).rejects.toMatchObject(missing);
    await expect(revokeInvitation(owner, { invitationId: theirs.id })).rejects.toMatchObject(missing);
  });
});

it("nobody is invited into an account that was erased, nor does an issuer sign anybody in there", async () => {
  const admin = await staffCtx(test.db, "admin");
  const { accountId } = await accountWith(test.db, "Erased");
  await closeAccount(admin, { accountId, reason: "Asked." });
  await eraseAccount(admin, { accountId, isImmediate: true });
  const erased = { code: "conflict", message: expect.stringContaining("erased") };
  await expect(inviteOwner(admin, { accountId, email: newEmail() })).rejects.toMatchObject(erased);
  const issuer = { name: "Acme", issuer: "https://id.acme.example", clientId: "g", clientSecret: "s" };
  await expect(addProvider(admin, { ...issuer, audience: "account", accountId })).rejects.toMatchObject(erased);
});

describe("an invitation onto the staff", () => {
  it("into an account goes with the admin who gave it out", async () => {
    const [admin, other] = [await staffCtx(test.db, "admin"), await staffCtx(test.db, "admin")];
    const { accountId } = await accountWith(test.db, "Second Owner");
    const { secret } = await inviteOwner(admin, { accountId, email: newEmail() });
    await removeStaff(other, { userId: (admin.actor as { userId: string }).userId });
    await expect(accept(secret)).rejects.toMatchObject(gone);
  });

  it("can be revoked by an admin", async () => {
    const admin = await staffCtx(test.db, "admin");
    const made = await inviteStaff(admin, { email: newEmail(), role: "admin" });
    await expect(
      revokeStaffInvitation(await staffCtx(test.db, "lead"), { invitationId: made.id }),
    ).rejects.toMatchObject({ code: "forbidden" });
    await revokeStaffInvitation(admin, { invitationId: made.id });
    await expect(accept(made.secret)).rejects.toMatchObject(gone);
    expect((await listStaff(admin, {})).invitations.map((one) => one.id)).not.toContain(made.id);
  });

  it("brings nobody back who was removed or got another role, nor those whom they had invited, nor their keys", async () => {
    const admin = await staffCtx(test.db, "admin");
    const email = newEmail();
    const used = await inviteStaff(admin, { email, role: "admin" });
    await accept(used.secret);
    const userId = await idOf(email);
    const theirs = { ...admin, actor: { ...admin.actor, userId } } as typeof admin;
    await withKey(theirs, "automation");
    const first = await inviteStaff(theirs, { email: newEmail(), role: "admin" });
    await changeStaffRole(admin, { userId, role: "support" });
    await expect(accept(first.secret)).rejects.toMatchObject(gone);
    const second = await inviteStaff(theirs, { email: newEmail(), role: "admin" });
    await removeStaff(admin, { userId });
    await expect(accept(second.secret)).rejects.toMatchObject(gone);
    const live = test.db
      .select()
      .from(staffKey)
      .where(and(eq(staffKey.userId, userId), isNull(staffKey.revokedAt)));
    expect(await live).toEqual([]);
    const [row] = await test.db
      .select({ endedAt: staffMember.endedAt })
      .from(staffMember)
      .where(eq(staffMember.userId, userId));
    expect(row?.endedAt).not.toBeNull();
  });

  it("to a lesser role leaves nobody the way around single sign-on that only an admin has", async () => {
    const [admin, spare] = [await staffCtx(test.db, "admin"), await staffCtx(test.db, "admin")];
    const { userId } = spare.actor as { userId: string };
    const since = { breakGlassSince: new Date() };
    await test.db.update(staffMember).set({ endedAt: new Date() }).where(eq(staffMember.userId, userId));
    const passwordHash = await hashPassword(password);
    const [person] = await test.db
      .update(user)
      .set({ passwordHash })
      .where(eq(user.id, userId))
      .returning({ email: user.email });
    const { secret } = await inviteStaff(admin, { email: person?.email ?? "", role: "lead" });
    await test.db
      .update(staffMember)
      .set({ endedAt: null, ...since })
      .where(eq(staffMember.userId, userId));
    expect(await accept(secret)).toMatchObject({ ok: true, role: "lead" });
    const [row] = await test.db.select().from(staffMember).where(eq(staffMember.userId, userId));
    expect(row).toMatchObject({ role: "lead", breakGlassSince: null });
  });
});
