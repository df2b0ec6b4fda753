import { describe, expect, it } from "vitest";
import { limitKindNames, limitKinds, limits } from "./catalogue.ts";
import { checkOrder } from "./check-order.ts";

describe("the catalogue of limits", () => {
  it("has its kinds in the published order, and the limits in the order of their kinds", () => {
    const codes = limitKindNames.map((kind) => limitKinds[kind].code);
    expect(checkOrder.slice(-codes.length).flatMap((step): readonly string[] => step.codes)).toEqual(codes);
    const kinds = limits.map((limit) => limitKindNames.indexOf(limit.kind));
    expect(kinds).toEqual([...kinds].sort());
  });

  it("lists every kind", () => {
    expect(limitKindNames).toEqual(Object.keys(limitKinds));
  });

  it("counts no two limits of a kind under one key", () => {
    const of = { accountId: "account", tokenId: "token", endpointId: 1, windowSeconds: 60 };
    const keys = limits.map((limit) => `${limit.kind} ${limit.key(of)}`);
    expect(new Set(keys).size).toBe(keys.length);
  });

  it("counts apart what it says it counts apart", () => {
    const of = { accountId: "account", tokenId: "token", endpointId: 1, windowSeconds: 60 };
    for (const { name, key, countedBy, isPerEndpoint, windowSeconds } of limits) {
      const isApart = (other: Partial<typeof of>) => key({ ...of, ...other }) !== key(of);
      expect(isApart({ tokenId: "other" }), name).toBe(countedBy === "token");
      expect(isApart({ endpointId: 2 }), name).toBe(isPerEndpoint);
      expect(isApart({ windowSeconds: 61 }), name).toBe(windowSeconds === "the endpoint's");
    }
  });
});
