import { describe, expect, it } from "vitest";
import { compareEndpoints, readOpenapi } from "./openapi-endpoints.ts";

const document = {
  openapi: "3.1.0",
  servers: [{ url: "https://api.example.com/v2/" }],
  security: [{ oauth: ["default:read"] }],
  components: {
    securitySchemes: {
      oauth: {
        type: "oauth2",
        flows: { clientCredentials: { scopes: { "mail:send": "Send", "default:read": "Read" } } },
      },
      key: { type: "apiKey" },
    },
  },
  paths: {
    "/email": { post: { operationId: "sendEmail", security: [{ oauth: ["mail:send"] }] }, parameters: [] },
    "/domains/{domainId}": { get: { operationId: "domains.get" }, delete: {} },
    "/open": { get: { security: [] } },
    "/bad path": { get: {} },
  },
};

describe("reading endpoints of an OpenAPI document", () => {
  it("takes path with the server's base, method, name and the scope that is asked for", () => {
    const { endpoints, scopes, faults } = readOpenapi(document);
    expect(endpoints).toEqual([
      { name: "send-email", method: "POST", path: "/v2/email", scope: "mail:send" },
      { name: "domains.get", method: "GET", path: "/v2/domains/{domainId}", scope: "default:read" },
      { name: "delete.domains.domain-id", method: "DELETE", path: "/v2/domains/{domainId}", scope: "default:read" },
      { name: "get.open", method: "GET", path: "/v2/open", scope: null },
    ]);
    expect(scopes).toEqual([
      { name: "mail:send", description: "Send" },
      { name: "default:read", description: "Read" },
    ]);
    expect(faults).toEqual([{ code: "unmatchable", where: "GET /bad path" }]);
  });

  it("refuses what is no OpenAPI 3 document and survives nonsense inside one", () => {
    for (const bad of [null, 1, "x", [], {}, { openapi: "2.0" }, { swagger: "2.0" }])
      expect(() => readOpenapi(bad)).toThrow("OpenAPI 3");
    const odd = readOpenapi({
      openapi: "3.0.3",
      paths: { "/a": 1, "/b": { get: "x" }, "/c": { get: { operationId: 5, security: "no" } } },
    });
    expect(odd.endpoints.map((one) => one.path)).toEqual(["/b", "/c"]);
    expect(readOpenapi({ openapi: "3.0.0" }).faults).toEqual([{ code: "empty" }]);
  });

  it("gives two calls of the same name different ones", () => {
    const paths = { "/a": { get: { operationId: "same" } }, "/b": { get: { operationId: "same" } } };
    expect(readOpenapi({ openapi: "3.0.0", paths }).endpoints.map((one) => one.name)).toEqual(["same", "same-2"]);
  });
});

describe("comparing it with what is registered", () => {
  it("tells new, changed, gone and unchanged apart, whatever parameters are called", () => {
    const registered = [
      { name: "email.send", surface: "http", method: "POST", path: "/v2/email", scope: "mail:send" },
      { name: "domain", surface: "http", method: "GET", path: "/v2/domains/{id}", scope: null },
      { name: "old", surface: "http", method: "GET", path: "/v1/old", scope: null },
      { name: "smtp", surface: "smtp", method: "*", path: "/", scope: null },
    ];
    const difference = compareEndpoints(registered, readOpenapi(document).endpoints);
    expect(difference.unchanged).toBe(1);
    expect(difference.changed).toEqual([
      { name: "domain", method: "GET", path: "/v2/domains/{id}", scopeBefore: null, scope: "default:read" },
    ]);
    expect(difference.gone.map((one) => one.name)).toEqual(["old"]);
    expect(difference.added.map((one) => one.name)).toEqual(["delete.domains.domain-id", "get.open"]);
  });
});
