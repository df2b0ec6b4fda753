import { eq } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { auditEvent } from "#db/schema/audit.ts";
import { mail } from "#db/schema/mail.ts";
import { forgetOwnLimits } from "../api/own-limit.ts";
import { type GateAndApi, openGateAndApi } from "../api/testing-with-gate.ts";
import { requestExport } from "../exports/request-export.ts";
import type { Ctx } from "../frame/context.ts";
import { tokenScopes } from "../frame/permissions.ts";
import { eventually } from "../gate/testing/testing-gate.ts";
import { accountWith, staffCtx, withKey } from "../testing.ts";
import { checkToken } from "../tokens/check-token.ts";
import { createToken } from "../tokens/create-token.ts";
import { listTokens } from "../tokens/list-tokens.ts";
import { protectAccount } from "./change-terms.ts";
import { closeAccount, reopenAccount } from "./close-account.ts";
import { getAccount } from "./get-account.ts";
import { provisionAccount } from "./provision-account.ts";

/** A customer leaves: nothing of theirs passes any more, nothing is lost, and it can be undone. */

let test: GateAndApi["test"];
let gate: GateAndApi["gate"];
let call: GateAndApi["call"];
let close: GateAndApi["close"];
beforeAll(async () => {
  ({ test, gate, call, close } = await openGateAndApi());
});
beforeEach(() => forgetOwnLimits());
afterAll(() => close());

const now = (ctx: Ctx): Ctx => ({ ...ctx, now: new Date() });
const why = { reason: "Contract ended." };
const send = { method: "POST", path: "/v1/email" };
const codeIs = (code: string, token: string) =>
  eventually(code, async () => (await gate.verify({ token, ...send })).code === code);

async function customer(name: string) {
  const { memberCtx } = await accountWith(test.db, name);
  const owner = now(await memberCtx("owner"));
  const token = await createToken(owner, { name: "one", scopes: ["email:send", ...tokenScopes] });
  return { ...token, owner, memberCtx };
}

describe("closing an account", () => {
  it("stops its tokens at the gate and on the REST API, says so everywhere, and reopening restores what was", async () => {
    const { accountId, owner, tokenId, secret } = await customer("Leaving");
    const lead = now(await staffCtx(test.db, "lead"));
    await codeIs("allowed", secret);
    await closeAccount(lead, { accountId, ...why });
    await codeIs("account_closed", secret);
    const refused = await gate.verify({ token: secret, ...send });
    expect(refused).toMatchObject({ status: 403, problem: { code: "account_closed", title: "Account closed" } });
    expect(await checkToken(now(owner), { tokenId, path: "/v1/email", method: "POST" })).toMatchObject({
      ...{ code: "account_closed", allowed: false },
      steps: expect.arrayContaining([{ step: 5, check: "account standing", state: "refused" }]),
    });
    for (const path of ["/account", "/quota", "/standing"])
      expect((await call("GET", path, { token: secret })).body).toMatchObject({ status: 403, code: "account_closed" });
    await reopenAccount(now(lead), { accountId, reason: "Contract renewed." });
    await codeIs("allowed", secret);
    expect((await call("GET", "/account", { token: secret })).body).toMatchObject({ closedAt: null });
  });

  it("leaves its people reading and exporting, and nothing to change", async () => {
    const { accountId, owner } = await customer("Reading on");
    await closeAccount(now(await staffCtx(test.db, "admin")), { accountId, ...why });
    expect(await getAccount(owner, {})).toMatchObject({ closedReason: why.reason });
    expect(await listTokens(owner, {})).toHaveLength(1);
    await expect(createToken(owner, { name: "two" })).rejects.toMatchObject({
      ...{ code: "conflict", message: "The account is closed. You can only read it and export its data." },
    });
    expect(await requestExport(owner, {})).toMatchObject({ accountId });
  });

  it("tells every owner why, is audited, and changes nothing the second time", async () => {
    const { accountId, memberCtx } = await customer("Told");
    await memberCtx("owner");
    await memberCtx("viewer");
    const program = now(await withKey(await staffCtx(test.db, "admin"), "automation"));
    const traces = async () => ({
      mails: await test.db.$count(mail, eq(mail.accountId, accountId)),
      acts: (await test.db.select().from(auditEvent).where(eq(auditEvent.accountId, accountId))).map(
        (one) => one.action,
      ),
    });
    const before = await traces();
    expect(await closeAccount(program, { accountId, ...why })).toMatchObject({ isChanged: true });
    expect(await closeAccount(program, { accountId, ...why })).toMatchObject({ isChanged: false });
    const closed = { mails: before.mails + 2, acts: [...before.acts, "account.close"] };
    expect(await traces()).toEqual(closed);
    const [message] = await test.db.select().from(mail).where(eq(mail.kind, "account_closed"));
    expect(message?.textBody).toContain(why.reason);
    await reopenAccount(program, { accountId, ...why });
    expect(await reopenAccount(program, { accountId, ...why })).toMatchObject({ isChanged: false });
    expect(await traces()).toEqual({ mails: closed.mails + 2, acts: [...closed.acts, "account.reopen"] });
  });

  it("is not one person's where the account is protected, also not right after taking the protection off", async () => {
    const { accountId } = await customer("Protected");
    const lead = now(await staffCtx(test.db, "lead"));
    const other = now(await staffCtx(test.db, "lead", "Another"));
    await protectAccount(lead, { accountId, isProtected: true });
    await expect(closeAccount(lead, { accountId, ...why })).rejects.toMatchObject({ code: "conflict" });
    await protectAccount(lead, { accountId, isProtected: false });
    await expect(closeAccount(lead, { accountId, ...why })).rejects.toMatchObject({ code: "conflict" });
    expect(await closeAccount(other, { accountId, ...why })).toMatchObject({ isChanged: true });
  });

  it("is not undone by the provider's nightly run", async () => {
    const admin = now(await staffCtx(test.db, "admin"));
    const terms = { externalId: "cus-closed", name: "Nightly", plan: "Starter" };
    const { accountId } = await provisionAccount(admin, terms);
    await closeAccount(admin, { accountId, ...why });
    await expect(provisionAccount(admin, terms)).rejects.toMatchObject({ code: "conflict" });
  });
});
