import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { ActionInForce } from "../standing/standing.ts";
import { type DecisionCode, decisionCodes, type RefusalCode } from "../vocabulary.ts";
import { limitNamed, limitNames } from "./catalogue.ts";
import { checkAccess, checkLimits, checkOrder, type LimitUse, statusOf } from "./check-order.ts";

const now = Date.UTC(2026, 10, 24, 12);
type Facts = Parameters<typeof checkAccess>[0] & { limits: readonly LimitUse[]; cost: number };

/** The nine steps as a decision takes them: access first, then the limits. */
function codeOf(facts: Facts): DecisionCode {
  const access = checkAccess(facts, now);
  if (access) return access.code;
  const limiter = checkLimits(facts.limits, facts.cost);
  return limiter === null ? "allowed" : limitNamed[limiter].code;
}

function action(change: Partial<ActionInForce>): ActionInForce {
  return {
    id: "a1",
    type: "suspension",
    surface: null,
    tokenId: null,
    endpointId: null,
    factor: null,
    effectiveAtMs: now - 1,
    endsAtMs: null,
    isSilent: false,
    ...change,
  };
}

const token = {
  id: "t1",
  scopes: new Set(["email:send"]),
  expiresAtMs: null,
  pausedAtMs: null,
  revokedAtMs: null,
  secretRetiresAtMs: null,
};

const good: Facts = {
  isWellFormed: true,
  token,
  closedAtMs: null,
  actions: [],
  surface: "http",
  isAddressAllowed: true,
  isAddressOfAccount: true,
  endpoint: { deniedAtMs: null, scope: "email:send" },
  askedScope: null,
  limits: limitNames.map((name) => ({ name, limit: 10, used: 9 })),
  cost: 1,
};

/** One way to fail each step, in the published order. Applying a row leaves all later steps as they are. */
const failures: [RefusalCode, (facts: Facts) => Facts][] = [
  ["malformed_token", (f) => ({ ...f, isWellFormed: false })],
  ["unknown_token", (f) => ({ ...f, token: null })],
  ["token_revoked", (f) => ({ ...f, token: f.token && { ...f.token, revokedAtMs: now } })],
  ["token_revoked", (f) => ({ ...f, token: f.token && { ...f.token, secretRetiresAtMs: now } })],
  ["token_expired", (f) => ({ ...f, token: f.token && { ...f.token, expiresAtMs: now } })],
  ["token_paused", (f) => ({ ...f, token: f.token && { ...f.token, pausedAtMs: now - 1 } })],
  ["token_paused", (f) => ({ ...f, actions: [...f.actions, action({ type: "token_pause", tokenId: "t1" })] })],
  ["account_closed", (f) => ({ ...f, closedAtMs: now })],
  ["account_terminated", (f) => ({ ...f, actions: [...f.actions, action({ type: "termination" })] })],
  ["account_suspended", (f) => ({ ...f, actions: [...f.actions, action({})] })],
  ["surface_suspended", (f) => ({ ...f, actions: [...f.actions, action({ surface: "http" })] })],
  ["ip_not_allowed", (f) => ({ ...f, isAddressAllowed: false })],
  ["account_ip_not_allowed", (f) => ({ ...f, isAddressOfAccount: false })],
  ["ambiguous_path", (f) => ({ ...f, endpoint: "ambiguous" as const })],
  ["unknown_endpoint", (f) => ({ ...f, endpoint: null })],
  ["endpoint_denied", (f) => ({ ...f, endpoint: { scope: null, deniedAtMs: now } })],
  ["insufficient_scope", (f) => ({ ...f, endpoint: { deniedAtMs: null, scope: "domains:write" } })],
  ["insufficient_scope", (f) => ({ ...f, askedScope: "domains:read" })],
  [
    "rate_limited",
    (f) => ({ ...f, limits: f.limits.map((l) => (l.name === "endpoint-rate" ? { ...l, used: 10 } : l)) }),
  ],
  ["rate_limited", (f) => ({ ...f, limits: f.limits.map((l) => (l.name === "token-rate" ? { ...l, used: 10 } : l)) })],
  [
    "quota_exceeded",
    (f) => ({ ...f, limits: f.limits.map((l) => (l.name === "token-quota" ? { ...l, used: 10 } : l)) }),
  ],
  [
    "quota_exceeded",
    (f) => ({ ...f, limits: f.limits.map((l) => (l.name === "account-quota" ? { ...l, used: 10 } : l)) }),
  ],
];

describe("order of the checks", () => {
  it("allows when nothing fails", () => {
    expect(codeOf(good)).toBe("allowed");
  });

  it.each(failures)("refuses with %s", (code, fail) => {
    expect(codeOf(fail(good))).toBe(code);
  });

  it("gives the code of the earliest step, whatever else fails too", () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.nat(failures.length - 1), { minLength: 1 }), (picked) => {
        const rows = [...picked].sort((a, b) => a - b).map((i) => failures[i]);
        const facts = rows.reduceRight((f, row) => row?.[1](f) ?? f, good);
        expect(codeOf(facts)).toBe(rows[0]?.[0]);
      }),
    );
  });

  it("publishes every refusal once, in the order it is tested here", () => {
    const published = checkOrder.flatMap((row): readonly RefusalCode[] => row.codes);
    expect([...new Set(failures.map(([code]) => code))]).toEqual(published);
    expect([...published].sort()).toEqual(decisionCodes.filter((code) => code !== "allowed").sort());
  });

  it.each([
    ["an expiry", (f: Facts) => ({ ...f, token: { ...token, expiresAtMs: now + 1 } })],
    ["a rotation", (f: Facts) => ({ ...f, token: { ...token, secretRetiresAtMs: now + 1 } })],
    ["a suspension that starts later", (f: Facts) => ({ ...f, actions: [action({ effectiveAtMs: now + 1 })] })],
    ["a suspension that has ended", (f: Facts) => ({ ...f, actions: [action({ endsAtMs: now })] })],
    ["a suspension of another surface", (f: Facts) => ({ ...f, actions: [action({ surface: "smtp" })] })],
    ["a pause of another token", (f: Facts) => ({ ...f, actions: [action({ type: "token_pause", tokenId: "t2" })] })],
    ["a notice", (f: Facts) => ({ ...f, actions: [action({ type: "notice" })] })],
  ])("is not stopped by %s", (_, change) => {
    expect(codeOf(change(good))).toBe("allowed");
  });

  it("answers a suspension with neither 401 nor 429", () => {
    for (const code of [
      "account_suspended",
      "surface_suspended",
      "account_terminated",
      "account_closed",
      "token_paused",
    ] as const) {
      expect(statusOf[code]).toBe(403);
    }
  });

  it("lets a cost of 0 and unlimited limits through", () => {
    expect(checkLimits([{ name: "endpoint-rate", limit: 1, used: 5 }], 0)).toBeNull();
    expect(checkLimits([{ name: "account-quota", limit: null, used: 1e9 }], 7)).toBeNull();
    expect(checkLimits([{ name: "account-quota", limit: 10, used: 8 }], 3)).toBe("account-quota");
  });

  it.each([
    [99, 100, 1, true],
    [100, 100, 1, false],
    [99, 100, 2, false],
    [100, 100, 0, true],
    [1e9, null, 5, true],
    [0, 0, 1, false],
  ])("with %i of %s used, cost %i fits: %s", (used, limit, cost, fits) => {
    expect(checkLimits([{ name: "account-quota", limit, used }], cost) === null).toBe(fits);
  });
});
