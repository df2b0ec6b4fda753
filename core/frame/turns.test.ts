import { describe, expect, it } from "vitest";
import { Turns } from "./turns.ts";

/** Work that ends when it is told to. */
function heldWork() {
  const begun: number[] = [];
  const ends: (() => void)[] = [];
  const start = (n: number) => () => {
    begun.push(n);
    return new Promise<number>((resolve) => ends.push(() => resolve(n)));
  };
  return { begun, ends, start };
}

describe("turns", () => {
  it("let so many through at a time, in the order they came, and refuse who comes after those that may wait", async () => {
    const { begun, ends, start } = heldWork();
    const turns = new Turns({ most: 2, mostWaiting: 2, what: "sign-ins" });
    const all = [1, 2, 3, 4].map((n) => turns.take(start(n)));
    await expect(turns.take(start(5))).rejects.toMatchObject({ code: "unavailable", retryAfterSeconds: 5 });
    expect(begun).toEqual([1, 2]);
    ends[1]?.();
    await all[1];
    expect(begun).toEqual([1, 2, 3]);
    for (const n of [0, 2]) ends[n]?.();
    await Promise.all([all[0], all[2]]);
    ends[3]?.();
    expect(await Promise.all(all)).toEqual([1, 2, 3, 4]);
  });

  it("give the place on when the work fails", async () => {
    const turns = new Turns({ most: 1, mostWaiting: 1, what: "sign-ins" });
    const failing = turns.take(() => Promise.reject(new Error("no")));
    const next = turns.take(() => Promise.resolve("done"));
    await expect(failing).rejects.toThrow("no");
    expect(await next).toBe("done");
    expect(await turns.take(() => Promise.resolve("free again"))).toBe("free again");
  });
});
