import { randomBytes } from "node:crypto";
import type { TransactionSql } from "postgres";
import { newReceipt } from "#core/rules/receipt.ts";
import type { Story } from "./cast.ts";
import { recentFrom } from "./recent.ts";
import type { SeededAccount } from "./seed-demo.ts";

const minuteMs = 60_000;

/** The hour before the suspended account was suspended: what its evidence shows. */
export const beforeSuspension = { refusedAMinute: 213, allowedAMinute: 110 };

type Count = { at: Date; outcome: string; requests: number };

/** Usage that tells a story: one client over its limit, one that probes, one account close to its quota. Refusals with receipts. */
export async function writeExtras(tx: TransactionSql, accounts: readonly SeededAccount[], now: Date): Promise<void> {
  const start = Math.floor(now.getTime() / minuteMs) * minuteMs;
  const of = (story: Story) => accounts.find((one) => one.story === story);

  const excess = of("excess");
  const cron = excess?.tokens.find((token) => token.name === "billing-cron") ?? excess?.tokens[0];
  if (excess && cron) {
    const minutes = Array.from({ length: 24 }, (_, i) => new Date(start - (i + 1) * minuteMs));
    await addMinutes(tx, excess.accountId, cron.tokenId, "email.send", [
      ...minutes.map((at, i): Count => ({ at, outcome: "allowed", requests: 105 + (i % 9) })),
      ...minutes.map((at, i): Count => ({ at, outcome: "rate_limited", requests: 55 + ((i * 7) % 40) })),
    ]);
    await addRefusals(
      tx,
      excess.accountId,
      cron.tokenId,
      minutes.slice(0, 20).map((at) => ({ at, path: "/v1/email", code: "rate_limited" })),
    );
  }
  const prober = of("probing");
  const token = prober?.tokens[0];
  if (prober && token) {
    const names = [
      "admin",
      "users",
      "config",
      "debug",
      "backup",
      "internal",
      "keys",
      "billing",
      "export",
      "graphql",
      "health",
      "root",
      "env",
      "logs",
      "shell",
      "token",
    ];
    const paths = names.flatMap((name) => [`/v1/${name}`, `/api/${name}`]);
    const tried = paths.map((path, i) => ({
      at: new Date(start - 6 * minuteMs + i * 4_000),
      path,
      code: "insufficient_scope",
    }));
    await addMinutes(tx, prober.accountId, token.tokenId, "other", [
      { at: new Date(start - 6 * minuteMs), outcome: "insufficient_scope", requests: tried.length },
    ]);
    await addRefusals(tx, prober.accountId, token.tokenId, tried);
  }
  const suspended = of("suspended");
  const looping = suspended?.tokens[0];
  if (suspended && looping) {
    const { refusedAMinute, allowedAMinute } = beforeSuspension;
    const from = recentFrom(now).getTime();
    const minutes = Array.from({ length: 60 }, (_, i) => new Date(from - (i + 1) * minuteMs));
    await addMinutes(tx, suspended.accountId, looping.tokenId, looping.endpoint, [
      ...minutes.map((at): Count => ({ at, outcome: "allowed", requests: allowedAMinute })),
      ...minutes.map((at): Count => ({ at, outcome: "rate_limited", requests: refusedAMinute })),
    ]);
  }
  const spender = of("nearly_spent");
  const spending = spender?.tokens[0];
  if (spender && spending) {
    const midnight = Math.floor(start / 86_400_000) * 86_400_000;
    const minutes = Math.max(1, Math.min(240, Math.floor((start - midnight) / minuteMs)));
    const each = Math.max(1, Math.floor(950 / minutes));
    const counts = Array.from(
      { length: minutes },
      (_, i): Count => ({ at: new Date(start - (i + 1) * minuteMs), outcome: "allowed", requests: each }),
    );
    await addMinutes(tx, spender.accountId, spending.tokenId, spending.endpoint, counts);
  }
}

async function addMinutes(
  tx: TransactionSql,
  accountId: string,
  tokenId: string,
  endpoint: string,
  counts: Count[],
): Promise<void> {
  const rows = counts.map((row) => ({
    ...row,
    at: row.at.toISOString(),
    spent: row.outcome === "allowed" ? row.requests : 0,
  }));
  await tx`insert into usage_minute (account_id, at, token_id, endpoint_id, surface, outcome, requests, spent)
    select ${accountId}::uuid, r.at, ${tokenId}::uuid, e.id, e.surface, r.outcome, r.requests, r.spent
    from jsonb_to_recordset(${tx.json(rows)}::jsonb) as r(at timestamptz, outcome text, requests bigint, spent bigint)
    join endpoint e on e.name = ${endpoint}
    on conflict (account_id, at, token_id, endpoint_id, surface, outcome)
    do update set requests = usage_minute.requests + excluded.requests, spent = usage_minute.spent + excluded.spent`;
}

type Refused = { at: Date; path: string; code: string };

async function addRefusals(tx: TransactionSql, accountId: string, tokenId: string, refusals: Refused[]): Promise<void> {
  const isLimit = refusals[0]?.code === "rate_limited";
  const rows = refusals.map(({ at, path, code }) => ({
    receipt: newReceipt(at.getTime(), randomBytes),
    at: at.toISOString(),
    path,
    code,
  }));
  await tx`insert into refusal (receipt, account_id, at, token_id, endpoint_id, surface, code, method, path, ip, user_agent, gate_id, limiter, retry_after_seconds, missing_scope)
    select r.receipt, ${accountId}::uuid, r.at, ${tokenId}::uuid, e.id, 'http', r.code, ${isLimit ? "POST" : "GET"}, r.path, '198.51.100.23'::inet,
      ${isLimit ? "billing-cron/1.9" : "python-requests/2.32"}, 'gate-1',
      ${isLimit ? tx.json({ name: "endpoint-rate", kind: "rate", limit: 120, used: 120, windowSeconds: 60 }) : null}::jsonb,
      ${isLimit ? 23 : null}::int, ${isLimit ? null : "domains:read"}
    from jsonb_to_recordset(${tx.json(rows)}::jsonb) as r(receipt text, at timestamptz, path text, code text)
    join endpoint e on e.name = ${isLimit ? "email.send" : "domains.list"}`;
}
