import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type TestDatabase, testDatabase } from "#db/testing.ts";
import type { Ctx } from "../context.ts";
import { accountWith, staffCtx } from "../testing.ts";
import { getProvider } from "./get-provider.ts";
import { importOpenapi } from "./import-openapi.ts";

let test: TestDatabase;
let lead: Ctx;
beforeAll(async () => {
  test = await testDatabase();
  await accountWith(test.db, "Acme");
  lead = await staffCtx(test.db, "lead");
});
afterAll(() => test.close());

const document = {
  openapi: "3.0.0",
  paths: {
    "/v1/email": { post: { operationId: "email.send", security: [{ o: ["email:send"] }] } },
    "/v1/email/{id}": { get: { operationId: "email.get", security: [{ o: ["mail:look"] }] } },
    "/v1/domains": { get: { operationId: "x", security: [{ o: ["domains:list"] }] } },
  },
};

describe("importing endpoints from an OpenAPI document", () => {
  it("adds what is new with its scopes, changes scopes, leaves limits and what is not in it, and can be repeated", async () => {
    const before = await getProvider(lead, {});
    const difference = await importOpenapi(lead, { document, rateLimit: 30 });
    expect(difference.added.map((one) => one.name)).toEqual(["email.get"]);
    expect(difference.changed).toMatchObject([
      { name: "domains.list", scopeBefore: "domains:read", scope: "domains:list" },
    ]);
    expect(difference.newScopes).toEqual(["mail:look", "domains:list"]);
    const after = await getProvider(lead, {});
    expect(after.endpoints).toHaveLength(before.endpoints.length + 1);
    expect(after.endpoints.find((one) => one.name === "email.get")).toMatchObject({
      path: "/v1/email/{id}",
      rateLimit: 30,
      scope: "mail:look",
    });
    expect(after.endpoints.find((one) => one.name === "email.send")?.rateLimit).toBe(120);
    const again = await importOpenapi(lead, { document, rateLimit: 30 });
    expect(again).toMatchObject({ added: [], changed: [], newScopes: [], unchanged: 3 });
  });

  it("refuses what is no such document, and who may not change limits", async () => {
    await expect(importOpenapi(lead, { document: { hello: 1 } })).rejects.toMatchObject({ code: "invalid" });
    const support = await staffCtx(test.db, "support");
    await expect(importOpenapi(support, { document })).rejects.toMatchObject({ code: "forbidden" });
  });
});
