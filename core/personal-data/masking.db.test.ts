import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { mail } from "#db/schema/mail.ts";
import { type TestDatabase, testDatabase } from "#db/testing.ts";
import { listAudit } from "../audit/list-audit.ts";
import { inviteMember } from "../invitations/invite.ts";
import { listUndeliveredMail } from "../mail/list-undelivered-mail.ts";
import { listMembers } from "../members/list-members.ts";
import { accountWith, staffCtx, withKey } from "../testing.ts";
import { listViews } from "./list-views.ts";
import { unmask } from "./unmask.ts";

let test: TestDatabase;
beforeAll(async () => {
  test = await testDatabase();
});
afterAll(() => test.close());

describe("e-mail addresses", () => {
  it("are masked to staff and their keys on every way until one is unmasked, and shown in full to members", async () => {
    const { accountId, memberCtx } = await accountWith(test.db, "Masked Ltd");
    const owner = await memberCtx("owner");
    await inviteMember(owner, { email: "mia.ortiz@example.net", role: "viewer" });
    const address = "jo.klein@example.org";
    const [message] = await test.db
      .insert(mail)
      .values({
        ...{ kind: "alert", toAddress: address, accountId, subject: "80 %", state: "failed" },
        lastError: `550 <${address}>: no such user`,
      })
      .returning({ id: mail.id });
    const admin = await staffCtx(test.db, "admin", "Ada Asker");
    const full = /masked\.ltd\.owner|mia\.ortiz|jo\.klein/;
    for (const asker of [admin, await withKey(admin, "automation"), await withKey(admin, "personal")]) {
      const seen = [
        await listMembers(asker, { accountId }),
        await listUndeliveredMail(asker, {}),
        await listAudit(asker, { accountId }),
      ];
      expect(JSON.stringify(seen)).not.toMatch(full);
      expect(seen[0]).toMatchObject({
        members: [{ email: "m…@example.com" }],
        invitations: [{ email: "m…@example.net" }],
      });
      expect(seen[1]).toMatchObject([{ toAddress: "j…@example.org", lastError: "550 <j…@example.org>: no such user" }]);
    }
    const reason = "Their provider asks for it.";
    const ask = { what: "mail_address" as const, subjectId: message?.id ?? "", reason };
    expect(await unmask(admin, ask)).toEqual({ value: address, accountId });
    expect((await listViews(admin, { accountId })).views).toMatchObject([{ what: "mail_address", reason }]);
    const { members, invitations } = await listMembers(owner, {});
    expect(members[0]?.email).toMatch(full);
    expect(invitations[0]?.email).toBe("mia.ortiz@example.net");
  });
});
