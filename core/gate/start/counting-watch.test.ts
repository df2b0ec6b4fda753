import { expect, it } from "vitest";
import { JournalHead } from "../journal/journal-head.ts";
import { CountingWatch } from "./counting-watch.ts";

const wallMs = Date.UTC(2026, 10, 24, 12);

function watched() {
  let steadyMs = 1_000_000;
  const head = new JournalHead();
  const watch = new CountingWatch(() => ({ wallMs: wallMs + steadyMs, steadyMs }), head);
  const passSeconds = (seconds: number, isAnswering = true) => {
    for (let i = 0; i < seconds; i++) {
      steadyMs += 1000;
      watch.look(isAnswering);
    }
  };
  watch.look(true);
  return { head, watch, passSeconds };
}

it("tells how long the oldest decision waits, and nothing once it is counted", () => {
  const { head, watch, passSeconds } = watched();
  head.set(1, 30);
  passSeconds(1);
  watch.counted({ segment: 1, offset: 30 });
  passSeconds(60);
  expect([watch.waitingMs, watch.waitingSinceMs]).toEqual([0, null]);
  head.set(1, 500);
  passSeconds(1);
  head.set(2, 900);
  passSeconds(120);
  expect(watch.waitingMs).toBe(120_000);
  expect(watch.waitingSinceMs).toBe(wallMs + 1_062_000);
  watch.counted({ segment: 1, offset: 500 });
  expect(watch.waitingMs).toBe(119_000);
  watch.counted({ segment: 2, offset: 900 });
  expect(watch.waitingMs).toBe(0);
});

it("goes on telling the oldest through a day without a count", () => {
  const { head, watch, passSeconds } = watched();
  for (let second = 1; second <= 86_400; second++) {
    head.set(1, second * 100);
    passSeconds(1);
  }
  expect(watch.waitingMs).toBe(86_399_000);
  watch.counted({ segment: 1, offset: 86_400 * 100 });
  expect(watch.waitingMs).toBe(0);
});

it("does not take time without the database for waiting", () => {
  const { head, watch, passSeconds } = watched();
  head.set(1, 500);
  passSeconds(600, false);
  expect(watch.waitingMs).toBe(0);
  passSeconds(11);
  expect(watch.waitingMs).toBe(10_000);
});
