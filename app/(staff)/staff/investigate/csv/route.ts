import { staffCsv } from "#app/_lib/csv.ts";
import { listTopTraffic } from "#core/investigate/list-top-traffic.ts";
import { nameOf } from "../name-of.ts";
import { inputOf, viewParams } from "../view-params.ts";

const most = 1_000;

export const GET = staffCsv(listTopTraffic, {
  fileName: "investigate.csv",
  read: (address) => ({ ...inputOf(viewParams.parse(address)), by: address.by, limit: most }),
  rows: ({ from, until, rows }) => [
    ["from", "until", "by", "key", "name", "account", "requests", "refused", "accounts"],
    ...rows.map((row) => [
      ...[from.toISOString(), until.toISOString(), row.by, row.key, nameOf(row), row.accountName ?? ""],
      ...[row.requests, row.refused, row.accounts],
    ]),
  ],
});
