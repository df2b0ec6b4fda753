"use client"; // Sorts and selects in the browser; without a script the rows are all there in the given order.

import {
  type ColumnDef,
  createSortedRowModel,
  rowSelectionFeature,
  rowSortingFeature,
  type SortFn,
  tableFeatures,
  useTable,
} from "@tanstack/react-table";
import { type ReactNode, useMemo } from "react";
import { Checkbox } from "./checkbox.tsx";
import { type ShownFrom, SortMark, Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from "./table.tsx";

const features = tableFeatures({
  rowSelectionFeature,
  rowSortingFeature,
  sortedRowModel: createSortedRowModel(),
});

export type DataColumn<TRow> = {
  id: string;
  header: ReactNode;
  cell: (row: TRow) => ReactNode;
  /** What the column sorts by; without it the column does not sort. Nulls come last in either direction. */
  sortBy?: (row: TRow) => string | number | Date | null;
  /** Sort downwards at first press, as for numbers and dates. */
  descendingFirst?: boolean;
  align?: "left" | "right";
  shownFrom?: ShownFrom;
};

type DataTableProps<TRow> = {
  label: string;
  columns: readonly DataColumn<TRow>[];
  rows: readonly TRow[];
  rowId: (row: TRow) => string;
  /** Names a row, for the label of its checkbox. */
  rowName?: (row: TRow) => string;
  initialSort?: { id: string; descending?: boolean };
  /** Shown instead of rows when nothing exists yet. */
  empty: ReactNode;
  /** Shown when rows exist but a filter hides them all; needs `filtered`. */
  filteredEmpty?: ReactNode;
  filtered?: boolean;
  /** Acts on the selected rows; giving it adds the checkboxes. */
  bulkBar?: (selected: TRow[], clear: () => void) => ReactNode;
};

type Sortable = string | number | undefined;

function compare(a: Sortable, b: Sortable): number {
  if (typeof a === "number" && typeof b === "number") return a - b;
  return String(a).localeCompare(String(b), "en", { numeric: true, sensitivity: "base" });
}

function sortable(value: string | number | Date | null): Sortable {
  return value instanceof Date ? value.getTime() : (value ?? undefined);
}

function useColumns<TRow extends object>(columns: readonly DataColumn<TRow>[]) {
  return useMemo(() => {
    const sortFn: SortFn<typeof features, TRow> = (a, b, id) =>
      compare(a.getValue<Sortable>(id), b.getValue<Sortable>(id));
    return columns.map<ColumnDef<typeof features, TRow>>((column) => ({
      id: column.id,
      accessorFn: (row) => (column.sortBy ? sortable(column.sortBy(row)) : undefined),
      enableSorting: column.sortBy !== undefined,
      sortDescFirst: column.descendingFirst ?? false,
      sortUndefined: "last",
      sortFn,
    }));
  }, [columns]);
}

/** Rows that sort, and can be selected when there is something to do with several of them. */
export function DataTable<TRow extends object>(props: DataTableProps<TRow>) {
  const { label, columns, rows, rowId, rowName, initialSort, bulkBar } = props;
  const table = useTable({
    features,
    columns: useColumns(columns),
    data: rows,
    getRowId: rowId,
    enableSortingRemoval: false,
    initialState: {
      sorting: initialSort ? [{ id: initialSort.id, desc: initialSort.descending ?? false }] : [],
    },
  });

  if (rows.length === 0) return <>{props.filtered ? (props.filteredEmpty ?? props.empty) : props.empty}</>;
  const selected = bulkBar ? table.getSelectedRowModel().rows.map((row) => row.original) : [];
  const clear = () => table.resetRowSelection(true);

  return (
    <div className="relative">
      {bulkBar && selected.length > 0 ? (
        // Over the header row, beside its checkbox: rows must not move under the pointer that selects them.
        <div className="absolute top-0 right-0 left-10 z-10 flex h-9 items-center gap-3 overflow-x-auto bg-panel pr-4">
          <span role="status" className="font-medium tabular-nums">
            {selected.length} selected
          </span>
          {bulkBar(selected, clear)}
        </div>
      ) : null}
      <Table label={label}>
        <TableHead>
          {bulkBar ? (
            <TableHeader className="w-8">
              <Checkbox
                label="Select all"
                hideLabel
                ref={(box) => {
                  if (box) box.indeterminate = selected.length > 0 && !table.getIsAllRowsSelected();
                }}
                checked={table.getIsAllRowsSelected()}
                onChange={(event) => table.toggleAllRowsSelected(event.target.checked)}
              />
            </TableHeader>
          ) : null}
          {columns.map((column) => {
            const sorted = table.getColumn(column.id)?.getIsSorted() || undefined;
            return (
              <TableHeader
                key={column.id}
                align={column.align}
                shownFrom={column.shownFrom}
                aria-sort={sorted ? (sorted === "asc" ? "ascending" : "descending") : undefined}
              >
                {column.sortBy && selected.length === 0 ? (
                  <button
                    type="button"
                    className="inline-flex items-center gap-1 rounded-sm hover:text-ink"
                    onClick={() => table.getColumn(column.id)?.toggleSorting()}
                  >
                    {column.header}
                    <SortMark sorted={sorted} />
                  </button>
                ) : (
                  column.header
                )}
              </TableHeader>
            );
          })}
        </TableHead>
        <TableBody>
          {table.getRowModel().rows.map((row) => (
            <TableRow key={row.id} selected={row.getIsSelected()}>
              {bulkBar ? (
                <TableCell>
                  <Checkbox
                    label={`Select ${rowName?.(row.original) ?? row.id}`}
                    hideLabel
                    checked={row.getIsSelected()}
                    onChange={(event) => row.toggleSelected(event.target.checked)}
                  />
                </TableCell>
              ) : null}
              {columns.map((column) => (
                <TableCell key={column.id} align={column.align} shownFrom={column.shownFrom}>
                  {column.cell(row.original)}
                </TableCell>
              ))}
            </TableRow>
          ))}
        </TableBody>
      </Table>
    </div>
  );
}
