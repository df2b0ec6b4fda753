import fc from "fast-check";
import { expect, it } from "vitest";
import { limitNamed, limitNames } from "../../rules/limits/catalogue.ts";
import type { LimitState } from "../counters/counters.ts";
import type { Allowed } from "../decision/decision.ts";
import { answerHeaders } from "./answer-headers.ts";
import { limitTexts } from "./limit-texts.ts";
import { headersJson, passedHeadersJson, writeVerify } from "./write-verify.ts";

const limits = fc.subarray([...limitNames]).chain((names) =>
  fc.tuple(
    ...names.map((name) =>
      fc
        .tuple(fc.nat(10_000_000), fc.nat(100_000), fc.nat(90_000), fc.constantFrom(1, 60, 3600))
        .map(([limit, remaining, resetSeconds, windowSeconds]): LimitState => {
          const { kind } = limitNamed[name];
          return {
            name,
            kind,
            limit,
            used: 0,
            remaining,
            windowSeconds: kind === "rate" ? windowSeconds : 86_400,
            resetSeconds,
          };
        }),
    ),
  ),
);
const allowed = fc.tuple(limits, fc.nat(4_000_000_000_000)).map(
  ([states, atMs]): Allowed => ({
    code: "allowed",
    atMs,
    accountId: "11111111-1111-4111-8111-111111111111",
    externalId: null,
    tokenId: "22222222-2222-4222-8222-222222222222",
    secretId: null,
    scopes: null,
    endpoint: { id: 1, name: "a", nameJson: '"a"' },
    limits: states,
    policyVersion: null,
    isCounted: true,
    spent: 1,
  }),
);

it("writes the headers of a request that passes from kept parts as it would write them anew", () => {
  fc.assert(
    fc.property(allowed, (decision) => {
      expect(passedHeadersJson(decision, decision.limits.map(limitTexts))).toBe(headersJson(decision));
      const list = answerHeaders(decision);
      const pairs = Array.from({ length: list.length / 2 }, (_, i) => [list[2 * i], list[2 * i + 1]]);
      expect(JSON.parse(writeVerify(decision, "https://access.example.com")).headers).toEqual(
        Object.fromEntries(pairs),
      );
    }),
  );
});
