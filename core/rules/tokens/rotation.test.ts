import { describe, expect, it } from "vitest";
import { retiringSecret, rotationProgress, secretState } from "./rotation.ts";

const now = new Date("2026-11-24T12:00:00Z");
const minutes = (count: number) => new Date(now.getTime() + count * 60_000);
const secret = (id: string, retiresAt: Date | null) => ({ id, createdAt: minutes(-600), retiresAt });

describe("a rotation", () => {
  it("is under way from the new secret to the moment the old one retires", () => {
    const [current, retiring, retired] = [secret("a", null), secret("b", minutes(1)), secret("c", minutes(0))];
    expect([current, retiring, retired].map((one) => one && secretState(one, now))).toEqual([
      "current",
      "retiring",
      "retired",
    ]);
    expect(retiringSecret([current, retired, retiring], now)).toBe(retiring);
    expect(retiringSecret([current, retired], now)).toBeNull();
  });

  it("may be finished when the new secret is in use and the old one has been quiet for an hour", () => {
    expect(rotationProgress(30, 90, minutes(-60), now)).toMatchObject({ shareOnOld: 0.25, isSafeToRetire: true });
    expect(rotationProgress(30, 90, minutes(-59), now).isSafeToRetire).toBe(false);
    expect(rotationProgress(0, 5, null, now)).toMatchObject({ shareOnOld: 0, isSafeToRetire: true });
  });

  it("is not called finished while nobody uses the new secret", () => {
    expect(rotationProgress(0, 0, null, now)).toMatchObject({ shareOnOld: null, isSafeToRetire: false });
    expect(rotationProgress(9, 0, minutes(-600), now)).toMatchObject({ shareOnOld: 1, isSafeToRetire: false });
  });
});
