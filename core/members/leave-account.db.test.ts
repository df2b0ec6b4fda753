import { eq } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { member } from "#db/schema/accounts.ts";
import { type TestDatabase, testDatabase } from "#db/testing.ts";
import { listAudit } from "../audit/list-audit.ts";
import { accountWith, staffCtx, testNow } from "../testing.ts";
import { changeMemberRole } from "./change-role.ts";
import { leaveAccount } from "./leave-account.ts";
import { membersAsOf } from "./members-as-of.ts";

let test: TestDatabase;
beforeAll(async () => {
  test = await testDatabase();
});
afterAll(() => test.close());

describe("leaving an account", () => {
  it("is for every member but the last owner, is audited, and is done once", async () => {
    const { accountId, memberCtx } = await accountWith(test.db, "Parting Ltd");
    const other = await accountWith(test.db, "Staying Ltd");
    await other.memberCtx("viewer");
    const owner = await memberCtx("owner");
    const developer = await memberCtx("developer");
    const viewer = await memberCtx("viewer");
    await leaveAccount(viewer, {});
    await expect(leaveAccount(viewer, {})).rejects.toMatchObject({ code: "not_found" });
    await expect(leaveAccount(owner, {})).rejects.toMatchObject({
      code: "conflict",
      message: "This is the last owner. Make someone else an owner first.",
    });
    const developerId = "userId" in developer.actor ? developer.actor.userId : "";
    await changeMemberRole(owner, { userId: developerId, role: "owner" });
    await leaveAccount(owner, {});
    const left = await test.db.select({ userId: member.userId }).from(member).where(eq(member.accountId, accountId));
    expect(left).toEqual([{ userId: developerId }]);
    expect(await test.db.select({ id: member.userId }).from(member)).toHaveLength(2);
    const { events } = await listAudit(await staffCtx(test.db, "lead"), { accountId });
    expect(events.map((one) => [one.action, one.actorName, one.data.role])).toEqual([
      ["member.leave", "Parting Ltd owner", "owner"],
      ["member.change_role", "Parting Ltd owner", "owner"],
      ["member.leave", "Parting Ltd viewer", "viewer"],
    ]);
    const after = await membersAsOf(developer, accountId, new Date(testNow.getTime() + 1));
    expect(after).toMatchObject([{ userId: developerId, role: "owner" }]);
  });
});
