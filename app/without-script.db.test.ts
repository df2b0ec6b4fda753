import { eq } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Actor } from "#core/frame/context.ts";
import { accountWith } from "#core/testing.ts";
import { token } from "#db/schema/tokens.ts";
import { type TestDatabase, testDatabase } from "#db/testing.ts";
import { takeForThisAnswer } from "./_lib/for-this-answer.ts";
import { scriptOnlyField } from "./_lib/form.ts";
import { type AnyAction, browser, everyAction } from "./testing.ts";

/** The page that answers a form without script says what came of it, and shows a secret only where a page asks for it. */

const actions = await everyAction();
const creating = actions.get("owner/tokens/createTokenAction") as AnyAction;
let test: TestDatabase;
beforeAll(async () => {
  test = await testDatabase();
});
afterAll(() => test.close());

const visitor: Actor = { kind: "visitor" };
const formWith = (values: Record<string, string>) => {
  const form = new FormData();
  for (const [name, value] of Object.entries(values)) form.append(name, value);
  return form;
};

describe("a form that the browser posts without script", () => {
  it("gets back nothing that was typed in a field that can hold a secret, from no action", async () => {
    const typed = { email: "mia@example.com", name: "Mia", text: "A text" };
    const secrets = ["password", "newPassword", "_password", "code", "token", "secret", "link", "key", "totp"];
    for (const [name, act] of actions) {
      const form = formWith({ ...typed, ...Object.fromEntries(secrets.map((one) => [one, "very-secret-indeed"])) });
      // A button without state answers a refusal with an error page.
      const answered = await browser(test.db)
        .postWithoutScript(act, visitor, form)
        .catch(() => undefined);
      expect(JSON.stringify(answered ?? null), name).not.toContain("very-secret-indeed");
    }
    expect(actions.size).toBeGreaterThan(80);
  });

  it("gets back what was typed elsewhere, so that it need not be typed twice", async () => {
    const act = actions.get("auth/sign-in/signInAction") as AnyAction;
    const form = formWith({ email: "nobody@example.com", password: "not the right one" });
    expect(await browser(test.db).postWithoutScript(act, visitor, form)).toEqual({
      form: "the form",
      result: { status: "ok", shown: { ok: false, reason: "wrong" } },
      typed: { email: ["nobody@example.com"] },
    });
  });

  it("leaves a new secret to the page that answers it, and what was typed to nobody", async () => {
    const { slug, accountId, memberCtx } = await accountWith(test.db, "Once");
    const { actor } = await memberCtx("owner");
    const form = formWith({ account: slug, name: "shown-once", "scopes[]": "email:send" });
    expect(await browser(test.db).postWithoutScript(creating, actor, form)).toEqual({
      form: "the form",
      result: { status: "ok", shown: { name: "shown-once", secret: expect.stringMatching(/^gth_[0-9A-Za-z]{38}$/) } },
      typed: {},
    });
    expect(await test.db.$count(token, eq(token.accountId, accountId))).toBe(1);
  });

  it("leaves nothing behind when a script sent it: the script has the answer", async () => {
    const { slug, memberCtx } = await accountWith(test.db, "Scripted");
    const { actor } = await memberCtx("owner");
    const answer = await browser(test.db).post(
      creating,
      actor,
      { name: "scripted", scopes: ["email:send"] },
      { account: slug, headers: { "x-request-id": "scripted" } },
    );
    expect(answer).toMatchObject({ status: "ok", shown: { name: "scripted" } });
    expect(takeForThisAnswer("scripted")).toBeUndefined();
  });

  it("is refused if its fields are completed by script, before anything is done", async () => {
    const { slug, accountId, memberCtx } = await accountWith(test.db, "Too Early");
    const { actor } = await memberCtx("owner");
    const form = formWith({ account: slug, name: "too-early", [scriptOnlyField]: "1" });
    expect(await browser(test.db).postWithoutScript(creating, actor, form)).toMatchObject({
      result: { status: "error", message: expect.stringContaining("before its page had loaded") },
    });
    expect(await test.db.$count(token, eq(token.accountId, accountId))).toBe(0);
  });
});
