import { describe, expect, it } from "vitest";
import { otherAddress, writePublicHost } from "./public-host.ts";

const publicAddress = "https://access.example.com";

describe("the public host of a request", () => {
  it.each([
    ["127.0.0.1:3000", undefined],
    ["access.example.com:3000", "access.example.com"],
    ["internal", "evil.example.org"],
  ])("is the one of PUBLIC_URL, whether a proxy sends %s and %s", (host, forwarded) => {
    const headers = { host, ...(forwarded ? { "x-forwarded-host": forwarded } : {}), origin: publicAddress };
    writePublicHost({ headers }, publicAddress);
    expect(headers).toEqual({ host: "access.example.com", origin: publicAddress });
  });

  it("is the other name of the machine where Gatehouse is tried at home", () => {
    const headers = { host: "127.0.0.1:3000", origin: "http://127.0.0.1:3000" };
    writePublicHost({ headers }, "http://localhost:3000");
    expect(headers.host).toBe("127.0.0.1:3000");
  });

  it("is never the one that a foreign page names", () => {
    const headers = { host: "evil.example.org", origin: "https://evil.example.org" };
    writePublicHost({ headers }, publicAddress);
    expect(headers.host).toBe("access.example.com");
  });
});

describe("a form from another address", () => {
  const form = { "content-type": "multipart/form-data; boundary=x" };
  it.each([
    ["with script", { "next-action": "abc", "content-type": "text/plain;charset=UTF-8" }],
    ["without script", form],
  ])("is refused with a sentence that names the right one, %s", (_, headers) => {
    const request = { method: "POST", url: "/sign-in", headers: { ...headers, origin: "https://other.example.net" } };
    expect(otherAddress(request, publicAddress)).toContain(publicAddress);
  });

  it.each([
    ["from the public address", { method: "POST", url: "/sign-in", headers: { ...form, origin: publicAddress } }],
    ["a call of the API", { method: "POST", url: "/api/v1/tokens", headers: { ...form, origin: "https://a.example" } }],
    ["a program that names no origin", { method: "POST", url: "/sso/logout", headers: form }],
    ["a page that is read", { method: "GET", url: "/sign-in", headers: { origin: "https://a.example" } }],
  ])("is not taken for %s", (_, request) => {
    expect(otherAddress(request, publicAddress)).toBeNull();
  });
});
