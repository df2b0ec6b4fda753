import { eq } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { user } from "#db/schema/auth.ts";
import { tokenSecret } from "#db/schema/tokens.ts";
import { type TestDatabase, testDatabase } from "#db/testing.ts";
import type { Ctx } from "../frame/context.ts";
import { inviteMember } from "../invitations/invite.ts";
import { changeMemberRole } from "../members/change-role.ts";
import { leaveAccount } from "../members/leave-account.ts";
import { listMembers } from "../members/list-members.ts";
import { removeMember } from "../members/remove-member.ts";
import { accountWith, testNow } from "../testing.ts";
import { createToken } from "../tokens/create-token.ts";
import { getToken } from "../tokens/get-token.ts";
import { listHeldTokens } from "../tokens/list-held-tokens.ts";
import { rotateToken } from "../tokens/rotate-token.ts";
import { forgetOwnLimits } from "./own-limit.ts";
import { apiClient } from "./testing.ts";

/** What a token may do in Gatehouse follows what its maker may: it brings nobody back. */

let test: TestDatabase;
beforeAll(async () => {
  test = await testDatabase();
});
afterAll(() => test.close());
beforeEach(() => forgetOwnLimits());

const idOf = ({ actor }: Ctx) => ("userId" in actor ? actor.userId : "");
const rights = ["members:read", "members:write", "tokens:read", "tokens:write"];

const callsWith =
  (token: string) =>
  (method: string, path: string, call: { body?: unknown } = {}) =>
    apiClient(test.db, testNow)(method, path, { token, ...call });

/** An account with two owners; the second has made a token with rights in Gatehouse. */
async function crew() {
  const account = await accountWith(test.db, "Crew");
  const owner = await account.memberCtx("owner");
  const other = await account.memberCtx("owner");
  const { tokenId, secret } = await createToken(other, { name: "nightly sync", scopes: [...rights, "email:send"] });
  return { ...account, owner, other, otherId: idOf(other), tokenId, call: callsWith(secret) };
}

const invitation = (role: string) => ({ email: `${crypto.randomUUID()}@example.com`, role });
const forbidden = (detail: string) => ({ status: 403, body: { detail: expect.stringContaining(detail) } });

describe("a token", () => {
  it("makes, changes and removes no owner, whoever made it", async () => {
    const { owner, other, otherId, memberCtx, call } = await crew();
    const viewerId = idOf(await memberCtx("viewer"));
    const says = forbidden("A token does not make, change or remove owners");
    expect(await call("POST", "/invitations", { body: invitation("owner") })).toMatchObject(says);
    expect(await call("PUT", `/members/${viewerId}`, { body: { role: "owner" } })).toMatchObject(says);
    for (const userId of [idOf(owner), otherId]) {
      expect(await call("PUT", `/members/${userId}`, { body: { role: "viewer" } })).toMatchObject(says);
      expect(await call("DELETE", `/members/${userId}`)).toMatchObject(says);
    }
    const { id } = await inviteMember(other, { email: "next@owner.example", role: "owner" });
    expect(await call("POST", `/invitations/${id}/resend`)).toMatchObject(says);
    expect((await listMembers(owner, {})).members.filter((one) => one.role === "owner")).toHaveLength(2);
    expect(await call("POST", "/invitations", { body: invitation("viewer") })).toMatchObject({ status: 201 });
    expect(await call("PUT", `/members/${viewerId}`, { body: { role: "developer" } })).toMatchObject({ status: 204 });
  });

  it("loses its rights in Gatehouse when its maker is removed, leaves or is blocked", async () => {
    const says = forbidden("Whoever made the token is no longer a member of the account");
    for (const end of ["removed", "left", "blocked"] as const) {
      const { owner, other, otherId, call } = await crew();
      expect(await call("GET", "/members")).toMatchObject({ status: 200 });
      if (end === "removed") await removeMember(owner, { userId: otherId });
      else if (end === "left") await leaveAccount(other, {});
      else await test.db.update(user).set({ disabledAt: new Date() }).where(eq(user.id, otherId));
      expect(await call("GET", "/members"), end).toMatchObject(says);
      expect(await call("POST", "/invitations", { body: invitation("viewer") }), end).toMatchObject(says);
      expect(await call("POST", "/tokens", { body: { name: "another" } }), end).toMatchObject(says);
    }
  });

  it("keeps what the new role of its maker allows", async () => {
    const { owner, otherId, call } = await crew();
    await changeMemberRole(owner, { userId: otherId, role: "developer" });
    expect(await call("POST", "/tokens", { body: { name: "another" } })).toMatchObject({ status: 201 });
    expect(await call("POST", "/invitations", { body: invitation("viewer") })).toMatchObject(
      forbidden("Whoever made the token is developer of the account now"),
    );
    await changeMemberRole(owner, { userId: otherId, role: "viewer" });
    expect(await call("GET", "/tokens")).toMatchObject({ status: 200 });
    expect(await call("POST", "/tokens", { body: { name: "a third" } })).toMatchObject({ status: 403 });
  });

  it("that a token made is cut like it, and what a token invited goes with its maker", async () => {
    const { owner, otherId, call } = await crew();
    const made = await call("POST", "/tokens", { body: { name: "second hand", scopes: ["members:read"] } });
    const second = callsWith(String(made.body.secret));
    expect(await second("GET", "/members")).toMatchObject({ status: 200 });
    await call("POST", "/invitations", { body: { email: "accomplice@example.com", role: "developer" } });
    await removeMember(owner, { userId: otherId });
    expect(await second("GET", "/members")).toMatchObject({ status: 403 });
    const { invitations } = await listMembers(owner, {});
    expect(invitations.map((one) => one.email)).not.toContain("accomplice@example.com");
  });

  it("works again for who rotates it, while its old secret stays cut", async () => {
    const { owner, otherId, tokenId, call } = await crew();
    expect(await getToken(owner, { tokenId })).toMatchObject({ cutRights: [] });
    await removeMember(owner, { userId: otherId });
    expect(await getToken(owner, { tokenId })).toMatchObject({ cutRights: rights });
    const { secret } = await rotateToken(owner, { tokenId, overlapHours: 24 });
    expect(await callsWith(secret)("GET", "/members")).toMatchObject({ status: 200 });
    expect(await call("GET", "/members")).toMatchObject({ status: 403 });
    expect(await getToken(owner, { tokenId })).toMatchObject({ cutRights: [] });
  });

  it("whose secret nobody has who may act, may do nothing in Gatehouse", async () => {
    const { tokenId, call } = await crew();
    await test.db.update(tokenSecret).set({ givenToUserId: null }).where(eq(tokenSecret.tokenId, tokenId));
    expect(await call("GET", "/members")).toMatchObject({ status: 403 });
  });
});

describe("the tokens of a member", () => {
  it("are listed with what they lose, those that still work only", async () => {
    const { owner, otherId, tokenId } = await crew();
    expect(await listHeldTokens(owner, {})).toEqual([{ tokenId, name: "nightly sync", userId: otherId, rights }]);
    await rotateToken(owner, { tokenId, overlapHours: 0 });
    expect(await listHeldTokens(owner, {})).toMatchObject([{ tokenId, userId: idOf(owner) }]);
  });
});
