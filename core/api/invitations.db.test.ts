import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { type TestDatabase, testDatabase } from "#db/testing.ts";
import { createKey } from "../staff-keys/create-key.ts";
import { accountWith, staffCtx, testNow } from "../testing.ts";
import { createToken } from "../tokens/create-token.ts";
import { forgetOwnLimits } from "./own-limit.ts";
import { apiClient } from "./testing.ts";

/** What the calls that invite answer, with a mail server and without: a link that is mailed is not answered. */

let test: TestDatabase;
beforeAll(async () => {
  test = await testDatabase();
});
afterAll(() => test.close());
beforeEach(() => forgetOwnLimits());
afterEach(() => {
  vi.unstubAllEnvs();
});

async function callers() {
  const owner = await (await accountWith(test.db, "Inviting")).memberCtx("owner");
  const token = await createToken(owner, { name: "sync", scopes: ["members:read", "members:write"] });
  const admin = await staffCtx(test.db, "admin");
  const key = await createKey(admin, { name: "desk", kind: "automation", scopes: ["staff:account:create"] });
  const call = apiClient(test.db, testNow);
  return {
    invite: (email: string) => call("POST", "/invitations", { token: token.secret, body: { email, role: "viewer" } }),
    resend: (id: unknown) => call("POST", `/invitations/${id}/resend`, { token: token.secret }),
    list: () => call("GET", "/invitations", { token: token.secret }),
    open: (email: string) =>
      call("POST", "/staff/accounts", { token: key.secret, body: { name: "New Ltd", plan: "Starter", email } }),
  };
}

describe("an invitation by the API", () => {
  it("answers where its link was mailed to, and no secret", async () => {
    vi.stubEnv("SMTP_URL", "smtp://127.0.0.1:1");
    const { invite, resend, list, open } = await callers();
    const mailed = (sentTo: string) => ({ secret: null, sentTo });
    const made = await invite("jonas@example.com");
    expect(made).toMatchObject({ status: 201, body: mailed("jonas@example.com") });
    expect(await resend(made.body.id)).toMatchObject({ status: 200, body: mailed("jonas@example.com") });
    expect(await open("mia@example.com")).toMatchObject({ status: 201, body: mailed("mia@example.com") });
    const listed = { email: "jonas@example.com", role: "viewer", delivery: { state: "waiting", sentAt: null } };
    expect((await list()).body).toMatchObject({ data: [listed] });
  });

  it("answers the secret of the link where there is no mail server", async () => {
    const { invite, resend, list, open } = await callers();
    const handedOver = { secret: expect.stringMatching(/^[\w-]{43}$/), sentTo: null };
    const made = await invite("jonas@example.com");
    expect(made).toMatchObject({ status: 201, body: handedOver });
    expect(await resend(made.body.id)).toMatchObject({ status: 200, body: handedOver });
    expect(await open("mia@example.com")).toMatchObject({ status: 201, body: handedOver });
    expect((await list()).body).toMatchObject({ data: [{ email: "jonas@example.com", delivery: null }] });
  });
});
