import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type TestDatabase, testDatabase } from "#db/testing.ts";
import type { Ctx } from "../frame/context.ts";
import { accountWith, staffCtx } from "../testing.ts";
import { createEndpoint } from "./change-endpoint.ts";
import { getProvider } from "./get-provider.ts";
import { importOpenapi } from "./import-openapi.ts";
import { previewOpenapi } from "./preview-openapi.ts";

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

  const text = `
openapi: 3.1.0
paths:
  /v1/lists:
    get: { operationId: lists.all, security: [{ o: ["lists:read"] }] }
  /v1/lists/{id}:
    delete: { operationId: lists.remove }
`;

  it("shows what it would do and does nothing, from text too", async () => {
    const before = await getProvider(lead, {});
    const seen = await previewOpenapi(lead, { document: text });
    expect(seen.added.map((one) => one.name)).toEqual(["lists.all", "lists.remove"]);
    expect(seen.newScopes).toEqual(["lists:read"]);
    expect(seen.gone.length).toBeGreaterThan(0);
    expect(await getProvider(lead, {})).toEqual(before);
  });

  it("does nothing else than what was shown", async () => {
    const seen = await previewOpenapi(lead, { document: text });
    const input = { document: text, isUnlimited: true, fingerprint: seen.fingerprint };
    const meanwhile = { surface: "http" as const, method: "GET" as const, path: "/v1/lists", rateLimit: 5 };
    await createEndpoint(lead, { name: "lists.other", ...meanwhile });
    await expect(importOpenapi(lead, input)).rejects.toMatchObject({ code: "conflict" });
    const { fingerprint, added } = await previewOpenapi(lead, { document: text });
    expect(added.map((one) => one.name)).toEqual(["lists.remove"]);
    await importOpenapi(lead, { ...input, fingerprint });
    const { endpoints } = await getProvider(lead, {});
    expect(endpoints.find((one) => one.name === "lists.remove")).toMatchObject({ rateLimit: null });
    expect(endpoints.find((one) => one.name === "lists.other")).toMatchObject({ rateLimit: 5, scope: "lists:read" });
  });

  it("refuses what is no such document, and who may not change limits", async () => {
    for (const document of [{ hello: 1 }, "hello", "a: [", "{"]) {
      await expect(importOpenapi(lead, { document })).rejects.toMatchObject({ code: "invalid" });
      await expect(previewOpenapi(lead, { document })).rejects.toMatchObject({ code: "invalid" });
    }
    const support = await staffCtx(test.db, "support");
    await expect(importOpenapi(support, { document })).rejects.toMatchObject({ code: "forbidden" });
  });
});
