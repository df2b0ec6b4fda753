import { expect, it } from "vitest";
import { csvCell, csvOf } from "./write-csv.ts";

it.each(["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "＝1+1", "＋1", "－1", "＠A"])(
  "defuses %j, which a spreadsheet would run",
  (text) => {
    expect(csvCell(text).replace(/^"/, "").startsWith("'")).toBe(true);
  },
);

it("leaves numbers and ordinary texts as they are", () => {
  expect(csvOf([[-1, "a-b", 'say "hi"', "two\nlines", ""]])).toBe('-1,a-b,"say ""hi""","two\nlines",\r\n');
});
