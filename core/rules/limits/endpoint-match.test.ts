import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { compileEndpoints, type EndpointRoute, matchEndpoint } from "./endpoint-match.ts";
import { normalizePath } from "./path.ts";

function route(method: string, path: string): EndpointRoute & { name: string } {
  return { surface: "http", method, path, name: `${method} ${path}` };
}

const matcher = compileEndpoints([
  route("POST", "/v1/email"),
  route("*", "/v1/email"),
  route("GET", "/v1/domains/{id}"),
  route("GET", "/v1/domains/{id}/records"),
  route("GET", "/v1/domains/verify"),
  route("DELETE", "/v1/domains/{id}"),
  route("GET", "/v1/files/**"),
  route("GET", "/v1/files/{id}/meta"),
  route("HEAD", "/v1/ping"),
  route("GET", "/v1/ping"),
  route("GET", "/"),
  route("GET", "/menu/café"),
  { surface: "smtp", method: "*", path: "/**", name: "smtp" } as const,
]);

function nameOf(method: string, uri: string): string | null {
  return matchEndpoint(matcher, "http", method, uri)?.name ?? null;
}

describe("endpoint match", () => {
  it.each([
    ["POST", "/v1/email", "POST /v1/email"],
    ["PUT", "/v1/email", "* /v1/email"],
    ["POST", "/v1/email?x=/../y", "POST /v1/email"],
    ["POST", "/v1/email#part", "POST /v1/email"],
    ["POST", "/v1/email/", "POST /v1/email"],
    ["POST", "/v1//email", "POST /v1/email"],
    ["POST", "/v1/%65mail", "POST /v1/email"],
    ["POST", "/v1/x/../email", "POST /v1/email"],
    ["POST", "/v1/x/..%2femail", "POST /v1/email"],
    ["POST", "/v1/x/%2e%2E/email", "POST /v1/email"],
    ["POST", "/./v1/./email", "POST /v1/email"],
    ["POST", "http://api.example/v1/email", "POST /v1/email"],
    ["GET", "http://api.example", "GET /"],
    ["GET", "", null],
    ["GET", "/", "GET /"],
    ["GET", "?x", null],
    ["GET", "/v1/domains/abc", "GET /v1/domains/{id}"],
    ["GET", "/v1/domains/verify", "GET /v1/domains/verify"],
    ["DELETE", "/v1/domains/verify", "DELETE /v1/domains/{id}"],
    ["GET", "/v1/domains/verify/records", "GET /v1/domains/{id}/records"],
    ["GET", "/v1/domains", null],
    ["GET", "/v1/domains/a/b", null],
    ["GET", "/v1/files", "GET /v1/files/**"],
    ["GET", "/v1/files/a/b/c", "GET /v1/files/**"],
    ["GET", "/v1/files/a/meta", "GET /v1/files/{id}/meta"],
    ["HEAD", "/v1/ping", "HEAD /v1/ping"],
    ["HEAD", "/v1/domains/abc", "GET /v1/domains/{id}"],
    ["POST", "/V1/email", null],
    ["GET", "/menu/caf%C3%A9", "GET /menu/café"],
    ["GET", "/menu/café", "GET /menu/café"],
    ["POST", "/v1/email%00", null],
    ["POST", "/v1/email\n", null],
    ["POST", "/v1/email%0d%0a", null],
    ["POST", "/v1/%zzmail", null],
    ["POST", "/v1/email%", null],
    ["POST", "/v1/%2565mail", null],
    ["POST", "/../v1/email", null],
    ["POST", "v1/email", null],
    ["POST", `/v1/email?${"x".repeat(9000)}`, null],
    ["GET", `/v1/files/${"a/".repeat(200)}`, null],
  ])("%s %s goes to %s", (method, uri, expected) => {
    expect(nameOf(method, uri)).toBe(expected);
  });

  it("keeps surfaces apart", () => {
    expect(matchEndpoint(matcher, "smtp", "AUTH", "/v1/email")?.name).toBe("smtp");
    expect(matchEndpoint(matcher, "inbound", "POST", "/v1/email")).toBeNull();
  });

  it("answers for every target without throwing", () => {
    const piece = fc.oneof(
      fc.constantFrom("/", "//", "..", "%2f", "%00", "%", "v1", "email", "?", "é", "."),
      fc.string(),
    );
    fc.assert(
      fc.property(fc.string(), fc.array(piece, { maxLength: 40 }), (method, pieces) => {
        matchEndpoint(matcher, "http", method, `/${pieces.join("")}`);
        matchEndpoint(matcher, "http", method, pieces.join("/"));
      }),
    );
  });

  it("finds the same endpoint however a path is disguised", () => {
    const disguise = fc.constantFrom(
      (s: string) => `/${s}`,
      (s: string) => `/.${s}`,
      (s: string) => `/x/..${s}`,
      (s: string) => s.replace("m", "%6d"),
      (s: string) => s.replace("/v1", "/%76%31"),
      (s: string) => `${s}/`,
      (s: string) => s.replace("/email", "%2Femail"),
    );
    fc.assert(
      fc.property(fc.array(disguise, { maxLength: 6 }), (steps) => {
        const uri = steps.reduce((text, step) => step(text), "/v1/email");
        fc.pre(uri.startsWith("/"));
        expect(nameOf("POST", uri)).toBe("POST /v1/email");
      }),
    );
  });

  it("normalises what is already normal to itself", () => {
    fc.assert(
      fc.property(fc.webPath(), (path) => {
        const once = normalizePath(`/${path}`);
        fc.pre(once !== null && /^[!"$&-~]*$/.test(once) && !once.includes("?"));
        expect(normalizePath(once ?? "")).toBe(once);
      }),
    );
  });
});
