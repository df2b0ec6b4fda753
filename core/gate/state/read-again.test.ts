import { expect, it } from "vitest";
import { readingAgain } from "./read-again.ts";
import type { GateStore } from "./store.ts";

function failing(times: number) {
  let calls = 0;
  const loadTokens = async () => {
    if (calls++ < times) throw new Error(`lost ${calls}`);
    return [];
  };
  const failures: unknown[] = [];
  const store = readingAgain({ loadTokens } as unknown as GateStore, (error) => failures.push(error));
  return { store, failures, calls: () => calls };
}

it("reads again when a connection was lost, and says so", async () => {
  const { store, failures } = failing(2);
  expect(await store.loadTokens(["a"])).toEqual([]);
  expect(failures.map(String)).toEqual(["Error: lost 1", "Error: lost 2"]);
});

it("gives up after the fourth attempt with what the last one met", async () => {
  const { store, calls } = failing(9);
  await expect(store.loadTokens(["a"])).rejects.toThrow("lost 4");
  expect(calls()).toBe(4);
});
