import { expect, it } from "vitest";
import { asDomain, emailDomain } from "./email-domain.ts";

it.each([
  ["Acme.Example", "acme.example"],
  [" acme.example. ", "acme.example"],
  ["mail.acme.co.uk", "mail.acme.co.uk"],
  ["münchen.example", "xn--mnchen-3ya.example"],
  ["xn--mnchen-3ya.example", "xn--mnchen-3ya.example"],
])("a domain has one spelling, the one of DNS: %s", (given, domain) => {
  expect(asDomain(given)).toBe(domain);
  expect(emailDomain(`ida@${given.trim()}`)).toBe(domain);
});

it.each(["", "localhost", "127.0.0.1", "127.1", "0x7f.1", "[::1]", "a b.example", "acme.example:53", "acme.example/x"])(
  "what is no domain is none: %j",
  (given) => {
    expect(asDomain(given)).toBeNull();
  },
);

it.each(["*.acme.example", "_dmarc.acme.example", "a..example", "-a.example", "ac%6de.example", "x@y.example"])(
  "what DNS could read as more than one name is no domain: %j",
  (given) => {
    expect(asDomain(given)).toBeNull();
  },
);

it("an address belongs to what follows its last @", () => {
  expect(emailDomain('"a@evil.example"@acme.example')).toBe("acme.example");
  expect(emailDomain("@acme.example")).toBeNull();
  expect(emailDomain("acme.example")).toBeNull();
});
