import { expect, it } from "vitest";
import { earlyRequests } from "./early-requests.ts";

const second = 1_000;
const at = 1_000_000 * second;
const seconds = (...rows: [afterSeconds: number, requests: number][]) =>
  rows.map(([after, requests]) => ({ atMs: at + after * second, requests }));
const wait = (afterMs: number, waitSeconds: number) => ({ atMs: at + afterMs, seconds: waitSeconds });

it.each([
  ["what comes in the second of the refusal, which may have come before it", [wait(400, 10)], seconds([0, 5]), 0],
  ["what comes a second later", [wait(400, 10)], seconds([1, 5]), 5],
  ["the last second that begins within the wait", [wait(400, 10)], seconds([10, 5], [11, 7]), 5],
  ["not what comes when the wait is over", [wait(0, 10)], seconds([10, 5]), 0],
  ["each second once, where two waits overlap", [wait(0, 10), wait(5_000, 10)], seconds([6, 3], [12, 4]), 7],
  [
    "what lies within a long wait after a short one began and ended",
    [wait(0, 30), wait(2_000, 2)],
    seconds([20, 3]),
    3,
  ],
  ["not what lies between two waits", [wait(0, 5), wait(20_000, 5)], seconds([10, 8], [21, 2]), 2],
  ["waits in any order", [wait(20_000, 5), wait(0, 5)], seconds([3, 1], [22, 2]), 3],
  ["nothing where nobody was told to wait", [], seconds([1, 9]), 0],
])("counts %s", (_what, waits, requests, early) => {
  expect(earlyRequests(waits, requests)).toBe(early);
});
