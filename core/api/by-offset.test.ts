import { describe, expect, it } from "vitest";
import { byOffset } from "./by-offset.ts";

describe("a list by offset", () => {
  it("goes on after a full page and ends with one that is not", () => {
    const rows = Array.from({ length: 10 }, (_, n) => n);
    const read = ({ limit, offset }: { limit: number; offset: number }) => rows.slice(offset, offset + limit);
    const seen: number[] = [];
    let cursor: string | null = null;
    do {
      const { limit, offset } = byOffset.input(4, cursor);
      const page = read({ limit: Number(limit), offset: Number(offset) });
      seen.push(...page);
      cursor = byOffset.next(page, { limit: 4, cursor });
    } while (cursor !== null);
    expect(seen).toEqual(rows);
  });
});
