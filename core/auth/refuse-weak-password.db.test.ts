import { eq } from "drizzle-orm";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { account } from "#db/schema/accounts.ts";
import { user } from "#db/schema/auth.ts";
import { type TestDatabase, testDatabase } from "#db/testing.ts";
import { acceptInvitation } from "../invitations/accept-invitation.ts";
import { inviteMember } from "../invitations/invite.ts";
import { accountWith, ctxOf } from "../testing.ts";
import { changePassword } from "./change-password.ts";
import { hashPassword } from "./password.ts";
import { weaknessOf } from "./refuse-weak-password.ts";
import { createResetLink } from "./request-reset.ts";
import { resetPassword } from "./reset-password.ts";

let test: TestDatabase;
beforeAll(async () => {
  test = await testDatabase();
});
afterAll(() => test.close());

describe("a new password", () => {
  const guessable = [
    ["password1234", /attackers try first|sequences/],
    ["qwertyuiop12", /attackers try first|sequences/],
    ["123456789012", /attackers try first|sequences/],
    ["northwindmail", /your name, address, account/],
    ["Password123!", /attackers try first/],
    ["gatehouse1234", /your name, address, account/],
    ["aaaaaaaaaabcd", /Repeats/],
    ["mia.northwind.99", /your name, address, account/],
  ] as const;

  it.each(guessable)("is refused at each door when it is guessed early: %s", async (newPassword, why) => {
    const { accountId, memberCtx } = await accountWith(test.db, "Northwind");
    await test.db.update(account).set({ name: "Northwind Mail" }).where(eq(account.id, accountId));
    const owner = await memberCtx("owner");
    if (owner.actor.kind !== "member") throw new Error("no member");
    const { userId } = owner.actor;
    const password = "correct horse battery";
    const email = `mia.${userId.slice(0, 4)}@shop.example`;
    const passwordHash = await hashPassword(password);
    await test.db.update(user).set({ passwordHash, email, emailVerifiedAt: owner.now }).where(eq(user.id, userId));
    const refused = { code: "invalid", fields: { newPassword: expect.stringMatching(why) } };
    await expect(changePassword(owner, { password, newPassword })).rejects.toMatchObject(refused);
    const link = await createResetLink(ctxOf(test.db, { kind: "job", name: "test" }), { email });
    const visitor = ctxOf(test.db, { kind: "visitor" });
    await expect(resetPassword(visitor, { secret: link?.secret ?? "", newPassword })).rejects.toMatchObject(refused);
    // Refused is not used up.
    const secret = link?.secret ?? "";
    expect(await resetPassword(visitor, { secret, newPassword: "a phrase to remember" })).toMatchObject({ userId });
  });

  it("is measured against the account it is for, when an invitation makes the person", async () => {
    const owner = await (await accountWith(test.db, "Lumen Post")).memberCtx("owner");
    const { secret } = await inviteMember(owner, { email: "someone@shop.example", role: "viewer" });
    const accept = (password: string) =>
      acceptInvitation(ctxOf(test.db, { kind: "visitor" }), { secret: secret ?? "", name: "Ines Ortega", password });
    await expect(accept("lumenpost-2026")).rejects.toMatchObject({ code: "invalid" });
    await expect(accept("ortegaines12")).rejects.toMatchObject({ code: "invalid" });
    expect(await accept("seven green bottles")).toMatchObject({ ok: true });
  });

  it("of four words is taken, whatever the words and whoever it is", async () => {
    const words = ["amber", "basil", "cedar", "delta", "ember", "fjord", "hazel", "maple", "olive", "quartz", "tundra"];
    await fc.assert(
      fc.asyncProperty(
        fc.shuffledSubarray(words, { minLength: 4, maxLength: 4 }),
        fc.constantFrom(" ", "-"),
        async (four, by) => {
          expect(await weaknessOf(four.join(by), ["gatehouse", "mia", "northwind"])).toBeNull();
        },
      ),
      { numRuns: 50 },
    );
  });

  it.each([
    ["beginning", "x9$kQ2mVb81z".padEnd(1_000, "a1!")],
    ["end", `${"abcdefgh12345!@#".repeat(60)}x9$kQ2mVb81z`],
  ])("that is long is taken when its %s is random", async (_part, password) => {
    expect(await weaknessOf(password, [])).toBeNull();
  });
});
