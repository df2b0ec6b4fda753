"use client"; // Sorts and selects in the browser.

import { lazy, type ReactNode, Suspense } from "react";
import { DataTable } from "#components/ui/data-table.tsx";
import { tokenColumns } from "./token-cells.tsx";
import type { ShownToken } from "./token-row.ts";

/** Loaded when the first token is selected. */
const BulkActs = lazy(() => import("./bulk-acts.tsx").then((module) => ({ default: module.BulkActs })));

type TokenTableProps = {
  rows: readonly ShownToken[];
  mayWrite: boolean;
  empty: ReactNode;
  filteredEmpty: ReactNode;
  filtered: boolean;
};

export function TokenTable({ rows, mayWrite, empty, filteredEmpty, filtered }: TokenTableProps) {
  return (
    <DataTable
      label="Tokens"
      columns={tokenColumns}
      rows={rows}
      rowId={(row) => row.id}
      rowName={(row) => row.name}
      empty={empty}
      filteredEmpty={filteredEmpty}
      filtered={filtered}
      {...(mayWrite
        ? {
            bulkBar: (selected: ShownToken[], clear: () => void) => (
              <Suspense fallback={null}>
                <BulkActs selected={selected} clear={clear} />
              </Suspense>
            ),
          }
        : {})}
    />
  );
}
