import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { compileEndpoints, type EndpointRoute, matchEndpoint } from "./endpoint-match.ts";
import { defaultPathRules, isPathTooLong, type PathRules, readPath, spellPath } from "./path.ts";

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

function nameOf(method: string, uri: string, of = matcher): string | null {
  const found = matchEndpoint(of, "http", method, uri);
  return found === "ambiguous" ? found : (found?.name ?? null);
}

const withRules = (rules: Partial<PathRules>) =>
  compileEndpoints(
    [route("POST", "/v1/email"), route("GET", "/v1/domains/{id}"), route("GET", "/v1/files/**"), route("*", "/**")],
    { ...defaultPathRules, ...rules },
  );

describe("endpoint match", () => {
  it.each([
    ["POST", "/v1/email", "POST /v1/email"],
    ["PUT", "/v1/email", "* /v1/email"],
    ["POST", "/v1/email?x=/../y", "POST /v1/email"],
    ["POST", "/v1/email#part", "ambiguous"],
    ["POST", "/v1/email/", "POST /v1/email"],
    ["POST", "/v1//email", "ambiguous"],
    ["POST", "/v1/%65mail", "ambiguous"],
    ["POST", "/v1/x/../email", "ambiguous"],
    ["POST", "/v1/x/..%2femail", "ambiguous"],
    ["POST", "/v1/x/%2e%2E/email", "ambiguous"],
    ["POST", "/./v1/./email", "ambiguous"],
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
    ["POST", "/V1/EMAIL", "POST /v1/email"],
    ["GET", "/v1/Domains/ABC", "GET /v1/domains/{id}"],
    ["GET", "/menu/caf%C3%A9", "GET /menu/café"],
    ["GET", "/menu/café", "GET /menu/café"],
    ["POST", "/v1/email%00", "ambiguous"],
    ["POST", "/v1/email\n", "ambiguous"],
    ["POST", "/v1/email%0d%0a", "ambiguous"],
    ["POST", "/v1/%zzmail", "ambiguous"],
    ["POST", "/v1/email%", "ambiguous"],
    ["POST", "/v1/%2565mail", "ambiguous"],
    ["POST", "/../v1/email", "ambiguous"],
    ["POST", "v1/email", null],
    ["POST", `/v1/email?${"x".repeat(9000)}`, "POST /v1/email"],
    ["POST", `/v1/email/${"x".repeat(9000)}`, null],
    ["GET", "/v1/domains/%41bc", "GET /v1/domains/{id}"],
    ["GET", "/v1/domains/a%40b.example", "GET /v1/domains/{id}"],
    ["GET", "/v1/domains/100%25", "GET /v1/domains/{id}"],
    ["GET", "/v1/domains/a%3Bb", "GET /v1/domains/{id}"],
    ["GET", "/v1/domains/a;b", "ambiguous"],
    ["GET", "/v1/domains/a%5Cb", "ambiguous"],
    ["GET", "/v1/domains/a\\b", "ambiguous"],
    ["GET", "/v1/domains/5%2Fx", "ambiguous"],
    ["GET", "/v1/domains/%252e", "ambiguous"],
    ["GET", "/v1/domains/%c0%ae", "ambiguous"],
    ["GET", "/v1/domains/%e9", "ambiguous"],
    ["GET", "/v1/domains/\ufffd", "ambiguous"],
    ["GET", "/v1/domains/\ud800", "ambiguous"],
    ["GET", "/v1/domains/verif%79", "ambiguous"],
    ["GET", "/v1/files//a///b", "GET /v1/files/**"],
    ["GET", "/v1/files/.well-known", "GET /v1/files/**"],
    ["GET", "/v1/domains//", null],
    ["GET", `/v1/files/${"a/".repeat(200)}`, null],
  ])("%s %s goes to %s", (method, uri, expected) => {
    expect(nameOf(method, uri)).toBe(expected);
  });

  it("keeps surfaces apart", () => {
    expect(matchEndpoint(matcher, "smtp", "AUTH", "/v1/email")).toMatchObject({ name: "smtp" });
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

  it("never finds a disguised path to be another endpoint than the plain one", () => {
    const disguise = fc.constantFrom(
      (s: string) => `/${s}`,
      (s: string) => `/.${s}`,
      (s: string) => `/x/..${s}`,
      (s: string) => s.replace("m", "%6d"),
      (s: string) => s.replace("/v1", "/%76%31"),
      (s: string) => `${s}/`,
      (s: string) => s.toUpperCase(),
      (s: string) => s.replace("/email", "%2Femail"),
      (s: string) => s.replace("/email", "/email;x=1"),
      (s: string) => s.replace("/email", "/x/%2e%2e/email"),
    );
    const rules = fc.record({ matchesCase: fc.constant(false), allowsEncodedSlash: fc.boolean() });
    fc.assert(
      fc.property(fc.array(disguise, { maxLength: 6 }), rules, (steps, read) => {
        const uri = steps.reduce((text, step) => step(text), "/v1/email");
        // With a catch-all beside it, which is where another spelling would land.
        const found = nameOf("POST", uri, withRules(read));
        if (read.allowsEncodedSlash && /%2F/.test(uri)) expect(["* /**", "ambiguous"]).toContain(found);
        else expect(["POST /v1/email", "ambiguous"]).toContain(found);
      }),
    );
  });

  it("reads case and encoded slashes as the provider says", () => {
    expect(nameOf("POST", "/V1/Email", withRules({}))).toBe("POST /v1/email");
    expect(nameOf("POST", "/V1/Email", withRules({ matchesCase: true }))).toBe("* /**");
    expect(nameOf("GET", "/v1/domains/team%2Falpha", withRules({}))).toBe("ambiguous");
    expect(nameOf("GET", "/v1/domains/team%2falpha", withRules({ allowsEncodedSlash: true }))).toBe(
      "GET /v1/domains/{id}",
    );
    expect(nameOf("GET", "/v1/domains/..%2falpha", withRules({ allowsEncodedSlash: true }))).toBe(
      "GET /v1/domains/{id}",
    );
  });

  it.each([
    ["/v1/email", "/v1/email"],
    ["/v1/email/?a=b", "/v1/email"],
    ["/v1/domains/%41b%c3%a9%20%25", "/v1/domains/Ab%C3%A9%20%25"],
    ["/v1/files//a", "/v1/files/a"],
    ["/v1/domains/team%2Falpha", "/v1/domains/team%2Falpha"],
    ["/v1/domains/a%3Bb%3f%23", "/v1/domains/a%3Bb%3F%23"],
    ["/", "/"],
  ])("%s is spelled %s for the API", (target, spelled) => {
    const read = readPath(target, { ...defaultPathRules, allowsEncodedSlash: true });
    if (read === null || read === "ambiguous") throw new Error("not read");
    expect(spellPath(read)).toBe(spelled);
  });

  it("measures a path without its query", () => {
    expect(isPathTooLong(`/v1/email?${"x".repeat(60_000)}`)).toBe(false);
    expect(isPathTooLong(`/${"x".repeat(8_191)}`)).toBe(false);
    expect(isPathTooLong(`/${"x".repeat(8_192)}?y`)).toBe(true);
  });

  it("spells every path that it reads so that it reads the same again, and plainly", () => {
    const bytes = fc.stringMatching(/^(\/([a-zA-Z0-9._~!$&'()*+,=:@-]|%[0-9a-fA-F]{2}|é)*)+$/);
    fc.assert(
      fc.property(bytes, (target) => {
        const rules = { ...defaultPathRules, allowsEncodedSlash: true };
        const read = readPath(target, rules);
        if (read === null || read === "ambiguous") return;
        expect(spellPath(read)).toMatch(/^\/[\x21-\x7e]*$/);
        expect(readPath(spellPath(read), rules)).toEqual({ path: read.path, asSent: null });
      }),
    );
  });
});
