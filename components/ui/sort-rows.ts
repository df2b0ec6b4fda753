/** What a row is sorted by; null = not known. */
export type SortBy<TRow> = (row: TRow) => string | number | Date | null;

export type Order = { id: string; descending?: boolean };

/** The rows in order, equal ones as they were. Numbers in texts count as numbers; what is not known comes last in either direction. */
export function sortRows<TRow>(rows: readonly TRow[], sortBy: SortBy<TRow>, descending: boolean): TRow[] {
  const direction = descending ? -1 : 1;
  return rows
    .map((row) => ({ row, value: sortBy(row) }))
    .sort((a, b) => {
      if (a.value === null || b.value === null) return Number(a.value === null) - Number(b.value === null);
      return direction * compare(a.value, b.value);
    })
    .map(({ row }) => row);
}

function compare(a: string | number | Date, b: string | number | Date): number {
  if (typeof a !== "string" && typeof b !== "string") return Number(a) - Number(b);
  return String(a).localeCompare(String(b), "en", { numeric: true, sensitivity: "base" });
}
