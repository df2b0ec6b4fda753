import { eq } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Actor } from "#core/frame/context.ts";
import { accountWith } from "#core/testing.ts";
import { token } from "#db/schema/tokens.ts";
import { type TestDatabase, testDatabase } from "#db/testing.ts";
import type { FormState } from "./_lib/action.ts";
import { takeForThisAnswer } from "./_lib/for-this-answer.ts";
import { scriptOnlyField } from "./_lib/form.ts";
import { type AnyAction, browser, everyAction } from "./testing.ts";

/** A form's state is in hidden fields of the page and comes back with the next post, so nothing secret may ever be in it. */

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
      const state: FormState<unknown> | undefined = await browser(test.db)
        .postWithoutScript(act, visitor, form, `echo ${name}`)
        // A button without state answers a refusal with an error page.
        .catch(() => undefined);
      expect(JSON.stringify(state ?? null), name).not.toContain("very-secret-indeed");
    }
    expect(actions.size).toBeGreaterThan(80);
  });

  it("gets back what was typed elsewhere, so that it need not be typed twice", async () => {
    const act = actions.get("auth/sign-in/signInAction") as AnyAction;
    const form = formWith({ email: "nobody@example.com", password: "not the right one" });
    const state = await browser(test.db).postWithoutScript(act, visitor, form, "wrong password");
    expect(state).toEqual({
      status: "ok",
      shown: { ok: false, reason: "wrong" },
      typed: { email: ["nobody@example.com"] },
    });
  });

  it("shows a new secret in that one answer, and in no form's state", async () => {
    const { slug, accountId, memberCtx } = await accountWith(test.db, "Once");
    const { actor } = await memberCtx("owner");
    const form = formWith({ account: slug, name: "shown-once", "scopes[]": "email:send" });
    const state = await browser(test.db).postWithoutScript(creating, actor, form, "creates");
    expect(state).toEqual({ status: "ok", shown: null, typed: {} });
    expect(takeForThisAnswer("the next request")).toBeUndefined();
    expect(takeForThisAnswer("creates")).toEqual({
      name: "shown-once",
      secret: expect.stringMatching(/^gth_[0-9A-Za-z]{38}$/),
    });
    expect(takeForThisAnswer("creates")).toBeUndefined();
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
    const state = await browser(test.db).postWithoutScript(creating, actor, form, "too early");
    expect(state).toMatchObject({ status: "error", message: expect.stringContaining("before its page had loaded") });
    expect(await test.db.$count(token, eq(token.accountId, accountId))).toBe(0);
  });
});
