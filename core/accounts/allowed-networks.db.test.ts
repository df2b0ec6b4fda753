import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { auditEvent } from "#db/schema/audit.ts";
import { tokenLastUse } from "#db/schema/tokens.ts";
import { forgetOwnLimits } from "../api/own-limit.ts";
import { type GateAndApi, openGateAndApi } from "../api/testing-with-gate.ts";
import type { Ctx } from "../frame/context.ts";
import { tokenScopes } from "../frame/permissions.ts";
import { eventually } from "../gate/testing/testing-gate.ts";
import { accountWith, staffCtx } from "../testing.ts";
import { checkToken } from "../tokens/check-token.ts";
import { createToken } from "../tokens/create-token.ts";
import { getAllowedNetworks, setAllowedNetworks } from "./allowed-networks.ts";

/** An account's own list of networks binds all of its tokens beside their own, and locks nobody out unsaid. */

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
const send = { method: "POST", path: "/v1/email" };
const codeFrom = async (ip: string, token: string) => (await gate.verify({ token, ...send, ip })).code;
const becomes = (code: string, ip: string, token: string) =>
  eventually(code, async () => (await codeFrom(ip, token)) === code);
/** The address that the test's own calls of the API come from. */
const ownAddress = "203.0.113.9";

async function customer(name: string) {
  const { accountId, memberCtx } = await accountWith(test.db, name);
  const owner = now(await memberCtx("owner"));
  const scopes = ["email:send", ...tokenScopes];
  const open = await createToken(owner, { name: "open", scopes });
  const narrow = await createToken(owner, { name: "narrow", scopes, allowedNetworks: ["198.51.100.0/25"] });
  return { accountId, owner, open, narrow };
}

describe("the networks of an account", () => {
  it("bind every token beside its own list, from the next request, and the refusal says which list it was", async () => {
    const { owner, open, narrow } = await customer("Fenced");
    await becomes("allowed", "192.0.2.1", open.secret);
    await setAllowedNetworks(owner, { allowedNetworks: ["198.51.100.0/24", "2001:db8::/32"] });
    await becomes("account_ip_not_allowed", "192.0.2.1", open.secret);
    expect(await codeFrom("198.51.100.200", open.secret)).toBe("allowed");
    expect(await codeFrom("2001:db8::7", open.secret)).toBe("allowed");
    expect(await codeFrom("198.51.100.200", narrow.secret)).toBe("ip_not_allowed");
    expect(await codeFrom("198.51.100.20", narrow.secret)).toBe("allowed");
    const refused = await gate.verify({ token: open.secret, ...send, ip: "192.0.2.1" });
    expect(refused.problem?.detail).toContain("account's allow-list");
    const ask = (ip: string | null) => checkToken(now(owner), { tokenId: open.tokenId, ...send, ip });
    expect(await ask("192.0.2.1")).toMatchObject({ code: "account_ip_not_allowed" });
    expect(await ask(null)).toMatchObject({ code: "account_ip_not_allowed" });
    expect(await ask("198.51.100.1")).toMatchObject({ code: "allowed" });
    await setAllowedNetworks(owner, { allowedNetworks: [] });
    await becomes("allowed", "192.0.2.1", open.secret);
  });

  it("hold on the REST API, and a token cannot lock itself out there", async () => {
    const { owner, open } = await customer("By REST");
    const body = { allowedNetworks: ["192.0.2.0/24"] };
    const refused = await call("PUT", "/account/networks", { token: open.secret, body });
    expect(refused).toMatchObject({ status: 409, body: { detail: expect.stringContaining(ownAddress) } });
    const dry = await call("PUT", "/account/networks?dry_run=true", {
      token: open.secret,
      body: { allowedNetworks: [ownAddress] },
    });
    expect(dry.body).toMatchObject({ allowedNetworks: [`${ownAddress}/32`], isChanged: true });
    expect((await getAllowedNetworks(owner, {})).allowedNetworks).toEqual([]);
    // An owner at a browser can: signing in is bound by no list.
    await setAllowedNetworks(owner, body);
    const from = await call("GET", "/account", { token: open.secret });
    expect(from).toMatchObject({
      status: 403,
      body: { detail: "The account's tokens cannot be used from this address." },
    });
  });

  it("name the tokens that they stop, and change once", async () => {
    const { owner, open, narrow } = await customer("Told");
    const at = new Date();
    await test.db.insert(tokenLastUse).values([
      { tokenId: open.tokenId, at, ip: "192.0.2.1" },
      { tokenId: narrow.tokenId, at, ip: "198.51.100.1" },
    ]);
    const list = { allowedNetworks: ["198.51.100.0/24"] };
    expect(await setAllowedNetworks(owner, list)).toMatchObject({
      ...{ isChanged: true, outside: [{ tokenId: open.tokenId, ip: "192.0.2.1" }] },
    });
    const events = await test.db.$count(auditEvent);
    expect(await setAllowedNetworks(owner, list)).toMatchObject({ isChanged: false });
    expect(await test.db.$count(auditEvent)).toBe(events);
  });

  it("are an owner's to change, and for staff to see without the addresses of people", async () => {
    const { accountId, owner, open } = await customer("Owned");
    await test.db.insert(tokenLastUse).values({ tokenId: open.tokenId, at: new Date(), ip: "192.0.2.1" });
    await setAllowedNetworks(owner, { allowedNetworks: ["198.51.100.0/24"] });
    const seen = await getAllowedNetworks(await staffCtx(test.db, "support"), { accountId });
    expect(seen.outside).toMatchObject([{ ip: "192.0.2.0/24" }]);
    if (owner.actor.kind !== "member") throw new Error("no member");
    const developer: Ctx = { ...owner, actor: { ...owner.actor, role: "developer" } };
    await expect(setAllowedNetworks(developer, { allowedNetworks: [] })).rejects.toMatchObject({ code: "forbidden" });
    await expect(setAllowedNetworks(owner, { allowedNetworks: ["1.2.3/24"] })).rejects.toMatchObject({
      code: "invalid",
    });
  });
});
