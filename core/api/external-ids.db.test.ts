import { eq, sql } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { z } from "zod";
import { webhookDelivery } from "#db/schema/webhooks.ts";
import { type TestDatabase, testDatabase } from "#db/testing.ts";
import { setExternalId } from "../accounts/external-id.ts";
import type { Ctx } from "../frame/context.ts";
import { staffKeyScope, staffKeyScopes, tokenScopes } from "../frame/permissions.ts";
import { searchDesk } from "../search/search-desk.ts";
import { createKey } from "../staff-keys/create-key.ts";
import { accountWith, staffCtx, testNow } from "../testing.ts";
import { createToken } from "../tokens/create-token.ts";
import { createEndpoint } from "../webhooks/create-endpoint.ts";
import { fanOutAll } from "../webhooks/fan-out.ts";
import type { Operation } from "./operation.ts";
import { operations } from "./operations.ts";
import { forgetOwnLimits } from "./own-limit.ts";
import { apiClient } from "./testing.ts";
import { accountIdSchemas } from "./with-account-ids.ts";

/** Whoever integrates names accounts by their own ids, in every call that takes an account. */

let test: TestDatabase;
let call: ReturnType<typeof apiClient>;
let admin: Ctx;
let key: string;
let token: string;
let accountId: string;
beforeAll(async () => {
  test = await testDatabase();
  await test.db.execute(sql`select ensure_usage_partitions(${testNow}, ${testNow})`);
  call = apiClient(test.db, testNow);
  const made = await accountWith(test.db, "Northwind");
  ({ accountId } = made);
  token = (await createToken(await made.memberCtx("owner"), { name: "t", scopes: [...tokenScopes] })).secret;
  admin = await staffCtx(test.db, "admin");
  key = (await createKey(admin, { name: "k", kind: "personal", scopes: staffKeyScopes("personal") })).secret;
  await setExternalId(admin, { accountId, externalId: "cus/47_11" });
});
beforeEach(() => forgetOwnLimits());
afterAll(() => test.close());

const own = "ext:cus/47_11";
const fieldsOf = ({ useCase }: Operation) =>
  useCase.input instanceof z.ZodObject
    ? Object.keys(useCase.input.shape).filter((name) => /ccountIds?$/.test(name))
    : [];
const keyScopes = staffKeyScopes("personal");
const naming = operations
  .filter(({ useCase }) => keyScopes.includes(staffKeyScope(useCase.permission)))
  .flatMap((operation) => fieldsOf(operation).map((field) => ({ id: operation.id, operation, field })));

/** The call with this account in the field; whatever else it needs is from its example. */
function ask({ operation, field }: (typeof naming)[number], name: string) {
  const { method, example } = operation;
  const isInPath = operation.path.includes(`{${field}}`);
  const given = { ...example.input, ...(isInPath ? {} : { [field]: field.endsWith("s") ? [name] : name }) };
  const path = operation.path
    .replace(`{${field}}`, encodeURIComponent(name))
    .replaceAll(/\{\w+\}/g, crypto.randomUUID());
  const query = new URLSearchParams(Object.entries(given).map(([one, value]) => [one, String(value)]));
  if (method === "GET" || method === "DELETE") return call(method, `${path}?${query}`, { token: key });
  return call(method, `${path}?dry_run=true`, { token: key, body: given });
}

describe("an account by the provider's own id", () => {
  it("is taken in every field that names one", () => {
    expect(naming.length).toBeGreaterThan(15);
    expect([...new Set(naming.map(({ field }) => field))].sort()).toEqual(Object.keys(accountIdSchemas).sort());
  });

  it.each(naming)("is found by $id in $field, as its id is, and one that is not there is 404", async (one) => {
    const [byName, byId] = [await ask(one, own), await ask(one, accountId)];
    expect([byName.status, byName.body.code]).toEqual([byId.status, byId.body.code]);
    expect(JSON.stringify(byName.body.errors ?? "")).not.toContain(`/${one.field}`);
    const unknown = await ask(one, "ext:nobody");
    expect(unknown.status).toBe(404);
    expect(unknown.body.detail).toContain("ext:nobody");
  });

  it("is no id for the account itself, so that nobody guesses another's", async () => {
    for (const name of [own, "ext:nobody"])
      expect((await call("GET", `/account?accountId=${encodeURIComponent(name)}`, { token })).status).toBe(422);
  });

  it("names the account of tokens that are imported", async () => {
    const row = { account: own, name: "imported", sha256: "a".repeat(64) };
    const reply = await call("POST", "/staff/import/tokens", {
      token: key,
      body: { rows: [row, { ...row, account: "ext:no" }] },
    });
    expect(reply.body).toMatchObject({ imported: 1, refused: [{ row: 1 }] });
  });

  it("is found by the desk's search", async () => {
    const found = await searchDesk(admin, { text: "47_11" });
    expect(found).toMatchObject([{ kind: "account", accountId, hint: expect.stringContaining("cus/47_11") }]);
  });

  it("is in every event about the account, also in those to the provider", async () => {
    const { endpointId } = await createEndpoint(admin, { url: "https://receiver.example/hook" });
    await call("POST", "/tokens", { token, body: { name: "made", scopes: ["email:send"] } });
    await fanOutAll(test.db, testNow);
    const sent = await test.db.select().from(webhookDelivery).where(eq(webhookDelivery.endpointId, endpointId));
    expect(sent.map((one) => JSON.parse(one.body).data)).toContainEqual(
      expect.objectContaining({ accountId, accountExternalId: "cus/47_11", name: "made" }),
    );
  });
});
