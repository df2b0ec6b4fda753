import { expect, it } from "vitest";
import { auditFacts } from "./audit-facts.ts";

const plain = (text: string) => text.replaceAll("\u00a0", " ");

it("says the facts of an event in words, with times and numbers as the screens write them", () => {
  const data = {
    name: "api-prod",
    scopes: ["email:send", "email:read"],
    capPerDay: 5000,
    cooldownSeconds: 3600,
    isMailed: false,
    reason: "",
    integrationId: null,
    caseEvents: ["kept for the desk"],
    oldSecretRetiresAt: "2026-11-27T00:34:07.044Z",
  };
  expect(plain(auditFacts(data))).toBe(
    "name: api-prod · scopes: email:send, email:read · cap per day: 5,000 · cooldown: 1 h · mailed: no · old secret retires at: 27 Nov 2026, 00:34 UTC",
  );
});

it("says what a change was from and to", () => {
  expect(auditFacts({ expiresAt: "none → 2026-11-27T20:34:07Z", scopes: "email:read, email:send → email:read" })).toBe(
    "expires at: none → 27 Nov 2026, 20:34 UTC · scopes: email:read, email:send → email:read",
  );
});

it("says of a change what was and what is", () => {
  const changes = {
    capPerDay: { before: 5000, after: null },
    scopes: { before: ["email:read", "email:send"], after: ["email:read"] },
    isDenied: { before: false, after: true },
    windowSeconds: { before: 60, after: 3600 },
    name: { before: "a", after: "b" },
  };
  expect(auditFacts({ name: "b", changes, endpointId: 3 })).toBe(
    "cap per day: 5,000 → none · scopes: email:read, email:send → email:read · denied: no → yes · window: 1\u00a0min → 1\u00a0h · name: a → b · endpoint id: 3",
  );
});
