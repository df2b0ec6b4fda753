"use client"; // Sorts and selects in the browser; without a script the rows are all there in the given order.

import { type ReactNode, useState } from "react";
import { Checkbox } from "./checkbox.tsx";
import { type Order, type SortBy, sortRows } from "./sort-rows.ts";
import { type ShownFrom, SortMark, Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from "./table.tsx";

export type DataColumn<TRow> = {
  id: string;
  header: ReactNode;
  cell: (row: TRow) => ReactNode;
  /** What the column sorts by; without it the column does not sort. Nulls come last in either direction. */
  sortBy?: SortBy<TRow>;
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
  initialSort?: Order;
  /** Shown instead of rows when nothing exists yet. */
  empty: ReactNode;
  /** Shown when rows exist but a filter hides them all; needs `filtered`. */
  filteredEmpty?: ReactNode;
  filtered?: boolean;
  /** Acts on the selected rows; giving it adds the checkboxes. */
  bulkBar?: (selected: TRow[], clear: () => void) => ReactNode;
};

/** Rows that sort, and can be selected when there is something to do with several of them. */
export function DataTable<TRow extends object>(props: DataTableProps<TRow>) {
  const { label, columns, rows, rowId, rowName, initialSort, bulkBar } = props;
  const [order, setOrder] = useState<Order | null>(initialSort ?? null);
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  if (rows.length === 0) return <>{props.filtered ? (props.filteredEmpty ?? props.empty) : props.empty}</>;
  const sortBy = columns.find((column) => column.id === order?.id)?.sortBy;
  const shown = order && sortBy ? sortRows(rows, sortBy, order.descending ?? false) : rows;
  // Rows that are gone are not selected any more.
  const selected = bulkBar ? shown.filter((row) => chosen.has(rowId(row))) : [];
  const areAllSelected = selected.length === rows.length;
  const clear = () => setChosen(new Set());
  const select = (id: string, isSelected: boolean) => {
    const next = new Set(chosen);
    if (isSelected) next.add(id);
    else next.delete(id);
    setChosen(next);
  };
  const sort = ({ id, descendingFirst = false }: DataColumn<TRow>) =>
    setOrder({ id, descending: order?.id === id ? !order.descending : descendingFirst });

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
                  if (box) box.indeterminate = selected.length > 0 && !areAllSelected;
                }}
                checked={areAllSelected}
                onChange={(event) => setChosen(new Set(event.target.checked ? rows.map(rowId) : []))}
              />
            </TableHeader>
          ) : null}
          {columns.map((column) => {
            const sorted = order?.id === column.id ? (order.descending ? "desc" : "asc") : undefined;
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
                    onClick={() => sort(column)}
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
          {shown.map((row) => {
            const id = rowId(row);
            return (
              <TableRow key={id} selected={bulkBar !== undefined && chosen.has(id)}>
                {bulkBar ? (
                  <TableCell>
                    <Checkbox
                      label={`Select ${rowName?.(row) ?? id}`}
                      hideLabel
                      checked={chosen.has(id)}
                      onChange={(event) => select(id, event.target.checked)}
                    />
                  </TableCell>
                ) : null}
                {columns.map((column) => (
                  <TableCell key={column.id} align={column.align} shownFrom={column.shownFrom}>
                    {column.cell(row)}
                  </TableCell>
                ))}
              </TableRow>
            );
          })}
        </TableBody>
      </Table>
    </div>
  );
}
