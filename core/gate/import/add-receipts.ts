import type { TransactionSql } from "postgres";
import { receiptHex } from "../../rules/limits/receipt.ts";
import { nilId } from "../../rules/uuid.ts";
import type { JournalRecord } from "../journal/journal-line.ts";
import { plainArray, textArray } from "../state/sql-array.ts";
import { minuteMs } from "./import-tally.ts";

/**
 * Keeps the receipts of refusals whose details are left out, so that each one that was handed out opens for its owner: 12 bytes a
 * refusal, and a row for each minute, token, endpoint and code of the import.
 */
export async function addReceipts(
  tx: TransactionSql,
  gateId: string,
  records: readonly JournalRecord[],
): Promise<void> {
  const rows = new Map<string, { first: JournalRecord; hex: string }>();
  for (const record of records) {
    const hex = receiptHex(record.refusal?.receipt ?? "");
    if (hex === null) continue;
    const { accountId, atMs, tokenId, endpointId, surface, code } = record;
    const key = [accountId, atMs - (atMs % minuteMs), tokenId, endpointId, surface, code].join(" ");
    const row = rows.get(key);
    if (row) row.hex += hex;
    else rows.set(key, { first: record, hex });
  }
  if (rows.size === 0) return;
  const list = [...rows.values()];
  await tx`
    insert into refusal_receipt (at, account_id, token_id, endpoint_id, surface, code, gate_id, receipts)
    select to_timestamp(n.at), n.account_id, n.token_id, n.endpoint_id, n.surface, n.code, ${gateId}, decode(n.receipts, 'hex')
    from unnest(
      ${plainArray(list, ({ first }) => (first.atMs - (first.atMs % minuteMs)) / 1000)}::text::bigint[],
      ${plainArray(list, ({ first }) => first.accountId ?? nilId)}::text::uuid[],
      ${plainArray(list, ({ first }) => first.tokenId ?? nilId)}::text::uuid[],
      ${plainArray(list, ({ first }) => first.endpointId)}::text::int[],
      ${textArray(list, ({ first }) => first.surface)}::text::text[],
      ${plainArray(list, ({ first }) => first.code)}::text::text[], ${plainArray(list, ({ hex }) => hex)}::text::text[])
      as n (at, account_id, token_id, endpoint_id, surface, code, receipts)`;
}
