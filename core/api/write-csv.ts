import type { Cell } from "./operation.ts";

/** A table as CSV (RFC 4180). */
export function csvOf(rows: Cell[][]): string {
  return rows.map((row) => `${row.map(csvCell).join(",")}\r\n`).join("");
}

/** How a text begins that a spreadsheet runs: signs, also in full width, and blanks that it skips. */
const runsAsFormula = /^[=+\-@\t\r\n\uff1d\uff0b\uff0d\uff20]/;

/** One cell. A text that a spreadsheet would run as a formula gets a quote before it. */
export function csvCell(value: Cell): string {
  const text = typeof value === "string" && runsAsFormula.test(value) ? `'${value}` : String(value);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
