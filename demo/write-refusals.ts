import { randomBytes } from "node:crypto";
import { sql } from "drizzle-orm";
import { refusalsKept } from "#core/gate/import/kept-refusals.ts";
import { newReceipt } from "#core/rules/limits/receipt.ts";
import type { Queryable } from "#db/client.ts";
import { endpoint } from "#db/schema/provider.ts";
import { refusal, usageMinute } from "#db/schema/usage.ts";
import { pathOf } from "./paths.ts";
import { type Random, randomFrom } from "./random.ts";
import type { SeededToken } from "./token-steps.ts";

type NewRefusal = typeof refusal.$inferInsert;
const rowsAtOnce = 1_000;

/** A receipt for each refusal that minutes tell of, as far as the import would have kept one. */
export async function writeRefusals(db: Queryable, tokens: readonly SeededToken[]): Promise<void> {
  const endpoints = await db
    .select({
      id: endpoint.id,
      name: endpoint.name,
      method: endpoint.method,
      path: endpoint.path,
      scope: endpoint.scope,
      rateLimit: endpoint.rateLimit,
    })
    .from(endpoint);
  const counts = await db
    .select({
      accountId: usageMinute.accountId,
      at: usageMinute.at,
      tokenId: usageMinute.tokenId,
      endpointId: usageMinute.endpointId,
      surface: usageMinute.surface,
      code: usageMinute.outcome,
      requests: usageMinute.requests,
    })
    .from(usageMinute)
    .where(sql`${usageMinute.outcome} <> 'allowed'`)
    .orderBy(usageMinute.at, usageMinute.tokenId, usageMinute.outcome, usageMinute.endpointId);
  const clients = new Map(tokens.map((token, i) => [token.tokenId, { token, random: randomFrom(i + 1) }]));
  const kept = new Map<string, number>();
  const rows: NewRefusal[] = [];
  for (const { requests, ...count } of counts) {
    const client = clients.get(count.tokenId);
    const route = endpoints.find((one) => one.id === count.endpointId);
    if (!client || !route) continue;
    const key = `${count.tokenId} ${count.at.getTime()} ${count.code}`;
    const before = kept.get(key) ?? 0;
    const some = Math.min(requests, refusalsKept - before);
    kept.set(key, before + some);
    for (let i = 0; i < some; i += 1) rows.push(refusalOf(count, route, client.token, client.random, i / some));
  }
  for (let from = 0; from < rows.length; from += rowsAtOnce) {
    await db.insert(refusal).values(rows.slice(from, from + rowsAtOnce));
  }
}

type Count = Pick<NewRefusal, "accountId" | "at" | "tokenId" | "endpointId" | "surface" | "code">;
type Route = { method: string; path: string; scope: string | null; rateLimit: number | null };

function refusalOf(count: Count, route: Route, token: SeededToken, random: Random, part: number): NewRefusal {
  const at = new Date(count.at.getTime() + Math.floor((part + random.between(0, 0.01)) * 59_000));
  const isLimit = count.code === "rate_limited";
  const limit = route.rateLimit ?? 0;
  return {
    ...count,
    at,
    receipt: newReceipt(at.getTime(), randomBytes),
    method: route.method === "*" ? null : route.method,
    path: count.surface === "http" ? pathOf(route.path, token.account.slug, random) : null,
    ip: random.pick(token.ips),
    userAgent: token.userAgent,
    requestId: null,
    gateId: "gate-1",
    limiter: isLimit ? { name: "endpoint-rate", kind: "rate", limit, used: limit, windowSeconds: 60 } : null,
    retryAfterSeconds: isLimit ? random.whole(2, 41) : null,
    missingScope: count.code === "insufficient_scope" ? route.scope : null,
  };
}
