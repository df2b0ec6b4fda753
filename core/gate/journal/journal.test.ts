import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { Journal, type JournalOptions } from "./journal.ts";
import { type DiskCalls, diskCalls } from "./journal-file.ts";
import { JournalHead } from "./journal-head.ts";

let folder: string;
let faults: unknown[];
let nowMs: number;
let head: JournalHead;
let writes: number;
/** Bytes that still fit on the disk. */
let room: number;

const disk: DiskCalls = {
  ...diskCalls,
  writeSync: ((fd: number, data: Uint8Array, offset: number, length: number, position: number) => {
    writes++;
    if (room <= 0) throw Object.assign(new Error("ENOSPC: no space left on device"), { code: "ENOSPC" });
    const fits = Math.min(length, room);
    room -= fits;
    return diskCalls.writeSync(fd, data, offset, fits, position);
  }) as DiskCalls["writeSync"],
};

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "gatehouse-journal-"));
  faults = [];
  nowMs = 1_000_000;
  head = new JournalHead();
  writes = 0;
  room = Number.POSITIVE_INFINITY;
});
afterEach(() => rmSync(folder, { recursive: true }));

function journal(change: Partial<JournalOptions> = {}): Journal {
  const made = new Journal({
    folder,
    gateId: "gate-1",
    firstSegment: 1,
    head,
    now: () => nowMs,
    isSynced: false,
    onFault: (error) => faults.push(error),
    disk,
    ...change,
  });
  made.open();
  return made;
}

/** Records a line; resolves to whether it was written, and says what the files held when it was told. */
function record(to: Journal, line: string): Promise<{ isWritten: boolean; seen: string }> {
  return new Promise((resolve) =>
    to.record(`${line}\n`, { committed: (isWritten) => resolve({ isWritten, seen: content() }) }),
  );
}

function content(): string {
  return readdirSync(folder)
    .sort()
    .map((name) => readFileSync(join(folder, name), "latin1").replace(/^gatehouse-journal.*\n/, ""))
    .join("|");
}

describe.each([false, true])("journal (waits for the disk: %s)", (isSynced) => {
  it("tells nobody before the line is in the file", async () => {
    const one = journal({ isSynced });
    const { isWritten, seen } = await record(one, "a");
    expect(isWritten).toBe(true);
    expect(seen).toContain("a\n");
    await one.close();
  });

  it("writes everything of one turn with one call, in order", async () => {
    const one = journal({ isSynced });
    const before = writes;
    const lines = Array.from({ length: 500 }, (_, i) => `line ${i}`);
    await Promise.all(lines.map((line) => record(one, line)));
    expect(writes - before).toBe(1);
    expect(content()).toBe(`${lines.join("\n")}\n`);
    expect(head.readable(1)).toBe(readFileSync(join(folder, readdirSync(folder)[0] ?? "")).length);
    await one.close();
  });

  it("opens a new segment when one is full or old, and loses nothing on the way", async () => {
    const one = journal({ isSynced, maxSegmentBytes: 60, maxSegmentAgeMs: 1000 });
    for (let i = 0; i < 4; i++) expect((await record(one, "x".repeat(20))).isWritten).toBe(true);
    nowMs += 1001;
    expect((await record(one, "later")).isWritten).toBe(true);
    await one.close();
    expect(readdirSync(folder).length).toBeGreaterThanOrEqual(3);
    expect(content().replaceAll("|", "")).toBe(`${`${"x".repeat(20)}\n`.repeat(4)}later\n`);
  });

  it("says so when the disk is full, leaves no half line, and goes on when there is room again", async () => {
    const one = journal({ isSynced });
    expect((await record(one, "before")).isWritten).toBe(true);
    room = 5;
    const failed = await Promise.all([record(one, "first of many"), record(one, "second of many")]);
    expect(failed.map((each) => each.isWritten)).toEqual([false, false]);
    expect(content().replaceAll("|", "")).toBe("before\n");
    expect(faults).toHaveLength(1);
    expect((await record(one, "at once")).isWritten).toBe(false);
    room = Number.POSITIVE_INFINITY;
    nowMs += 1000;
    expect((await record(one, "after")).isWritten).toBe(true);
    expect(content().replaceAll("|", "")).toBe("before\nafter\n");
    await one.close();
  });

  it("answers a repeated request no earlier than what was recorded before it", async () => {
    const one = journal({ isSynced });
    const order: string[] = [];
    await new Promise<void>((resolve) => {
      one.record("first\n", { committed: () => order.push(`first ${content().includes("first")}`) });
      one.follow({
        committed: () => {
          order.push("repeated");
          resolve();
        },
      });
    });
    expect(order).toEqual(["first true", "repeated"]);
    await one.close();
  });

  it("does not let one answer that fails keep the others back", async () => {
    const one = journal({ isSynced });
    one.record("bad\n", {
      committed: () => {
        throw new Error("the client is gone");
      },
    });
    expect((await record(one, "good")).isWritten).toBe(true);
    expect(faults).toHaveLength(1);
    await one.close();
  });

  it("writes what is pending when it is closed", async () => {
    const one = journal({ isSynced });
    const pending = record(one, "last");
    await one.close();
    expect((await pending).isWritten).toBe(true);
    expect(head.readable(1)).toBe(Number.POSITIVE_INFINITY);
  });
});

it("takes back what it wrote while the disk could not confirm an earlier part", async () => {
  let fail: (() => void) | null = null;
  const failing: DiskCalls = {
    ...disk,
    fdatasync: ((_fd: number, done: (error: Error | null) => void) => {
      fail = () => done(new Error("EIO"));
    }) as DiskCalls["fdatasync"],
  };
  const one = journal({ isSynced: true, disk: failing });
  const first = record(one, "first");
  await new Promise((resolve) => setImmediate(resolve));
  await new Promise((resolve) => setImmediate(resolve));
  const second = record(one, "second");
  await new Promise((resolve) => setImmediate(resolve));
  await new Promise((resolve) => setImmediate(resolve));
  expect(content()).toBe("first\nsecond\n");
  (fail as (() => void) | null)?.();
  expect([(await first).isWritten, (await second).isWritten]).toEqual([false, false]);
  expect(content()).toBe("");
});
