import { describe, expect, it } from "vitest";
import { prefillLink, prefillOf } from "./prefill.ts";

const choices = {
  scopes: ["email:send", "email:read", "domains:read"].map((name) => ({ name, area: "A", description: name })),
  integrations: [{ id: "f9d1a1b4-58a5-4d4a-9a34-3c1f0c1b2f11", name: "App" }],
};
const read = (link: string) => prefillOf(new URL(link, "http://localhost").searchParams, choices);

describe("a link that fills in the form of a token", () => {
  it("says everything the form holds, and reads back as the same", () => {
    const values = {
      name: "night & day",
      scopes: ["email:read", "domains:read"],
      expiresAt: new Date("2027-01-31T23:59:59Z"),
      allowedNetworks: ["203.0.113.0/24", "2001:db8::/48"],
      capPerDay: 500,
      capPerMinute: 20,
      integrationId: choices.integrations[0]?.id ?? null,
    };
    expect(read(prefillLink("/a/x/tokens", values))).toEqual(values);
  });

  it("leaves out what makes no sense, and starts with sending when it says nothing", () => {
    expect(read("/?create=1")).toMatchObject({ name: "", scopes: ["email:send"], expiresAt: null, capPerDay: null });
    expect(read("/?scopes=no:such,email:read&until=soon&perDay=-3&integration=theirs")).toMatchObject({
      scopes: ["email:read"],
      expiresAt: null,
      capPerDay: null,
      integrationId: null,
    });
  });
});
