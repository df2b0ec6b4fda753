import { describe, expect, it } from "vitest";
import { sortRows } from "./sort-rows.ts";

const by = <T>(values: T[], descending = false) =>
  sortRows(
    values.map((value) => ({ value })),
    ({ value }) => value as string | number | Date | null,
    descending,
  ).map(({ value }) => value);

describe("rows of a table", () => {
  it("sort numbers by size and texts by the numbers in them", () => {
    expect(by([10, 9, 100])).toEqual([9, 10, 100]);
    expect(by(["token-10", "Token-2", "token-1"])).toEqual(["token-1", "Token-2", "token-10"]);
  });

  it("sort times, whichever way", () => {
    const [early, late] = [new Date(1_000), new Date(2_000)];
    expect(by([late, early])).toEqual([early, late]);
    expect(by([early, late], true)).toEqual([late, early]);
  });

  it("leave what is not known at the end in either direction", () => {
    expect(by([null, 2, 1])).toEqual([1, 2, null]);
    expect(by([null, 1, 2], true)).toEqual([2, 1, null]);
  });

  it("keep the order of equals", () => {
    const rows = [
      { id: "a", n: 1 },
      { id: "b", n: 1 },
      { id: "c", n: 0 },
    ];
    expect(sortRows(rows, (row) => row.n, false).map((row) => row.id)).toEqual(["c", "a", "b"]);
    expect(sortRows(rows, (row) => row.n, true).map((row) => row.id)).toEqual(["a", "b", "c"]);
  });
});
