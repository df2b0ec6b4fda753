import { and, eq, isNull } from "drizzle-orm";
import { afterAll, beforeAll, expect, it } from "vitest";
import { announcedLoad, savedFilter, selfCure } from "#db/schema/abuse.ts";
import { alert, alertRule } from "#db/schema/alerts.ts";
import { accountExport } from "#db/schema/exports.ts";
import { gatewayCredential } from "#db/schema/gates.ts";
import { token } from "#db/schema/tokens.ts";
import { webhookEndpoint } from "#db/schema/webhooks.ts";
import { type TestDatabase, testDatabase } from "#db/testing.ts";
import { createAlertRule } from "../alerts/create-alert-rule.ts";
import { testAlert } from "../alerts/test-alert.ts";
import { saveFilter } from "../cases/saved-filters.ts";
import { announceLoad } from "../detection/announce-load.ts";
import { reportFix } from "../detection/report-fix.ts";
import { requestExport } from "../exports/request-export.ts";
import { createCredential } from "../gateways/create-credential.ts";
import { accountWith, staffCtx, testNow } from "../testing.ts";
import { createToken } from "../tokens/create-token.ts";
import { createEndpoint } from "../webhooks/create-endpoint.ts";
import type { Ctx } from "./context.ts";

/** More than there is room for, and more than the pool has connections. */
const atOnce = 10;

let test: TestDatabase;
beforeAll(async () => {
  test = await testDatabase();
});
afterAll(() => test.close());

type Bounded = {
  what: string;
  most: number;
  as: "owner" | "admin";
  add: (ctx: Ctx, n: number) => Promise<unknown>;
  count: (accountId: string) => Promise<number>;
  /** Makes all but two of them faster than one by one. */
  fill?: (accountId: string, rows: number) => Promise<unknown>;
};

const url = "https://hooks.example.com/in";
const inDays = (days: number) => new Date(testNow.getTime() + days * 86_400_000);
const load = { startsAt: inDays(1), endsAt: inDays(1.5), reason: "The newsletter." };
const rows = (length: number) => Array.from({ length }, (_, n) => n);

const bounds: Bounded[] = [
  {
    ...{ what: "live tokens", most: 500, as: "owner" },
    add: (owner, n) => createToken(owner, { name: `t${n}`, scopes: [] }),
    count: (accountId) => test.db.$count(token, eq(token.accountId, accountId)),
    fill: (accountId, length) =>
      test.db
        .insert(token)
        .values(
          rows(length).map((n) => ({ accountId, name: `f${n}`, scopes: [], createdAt: testNow, updatedAt: testNow })),
        ),
  },
  {
    ...{ what: "webhook endpoints of an account", most: 20, as: "owner" },
    add: (owner) => createEndpoint(owner, { url }),
    count: (accountId) => test.db.$count(webhookEndpoint, eq(webhookEndpoint.accountId, accountId)),
  },
  {
    ...{ what: "webhook endpoints of the provider", most: 20, as: "admin" },
    add: (admin) => createEndpoint(admin, { url }),
    count: () => test.db.$count(webhookEndpoint, isNull(webhookEndpoint.accountId)),
  },
  {
    ...{ what: "announced loads", most: 5, as: "owner" },
    add: (owner) => announceLoad(owner, load),
    count: (accountId) => test.db.$count(announcedLoad, eq(announcedLoad.accountId, accountId)),
  },
  {
    ...{ what: "running exports", most: 1, as: "owner" },
    add: (owner) => requestExport(owner, {}),
    count: (accountId) => test.db.$count(accountExport, eq(accountExport.accountId, accountId)),
  },
  {
    ...{ what: "alert rules", most: 50, as: "owner" },
    add: (owner, n) => createAlertRule(owner, { kind: "pace", thresholdPercent: 1 + n }),
    count: (accountId) => test.db.$count(alertRule, eq(alertRule.accountId, accountId)),
  },
  {
    ...{ what: "test alerts within an hour", most: 5, as: "owner" },
    add: (owner) => testAlert(owner, {}),
    count: (accountId) => test.db.$count(alert, and(eq(alert.accountId, accountId), eq(alert.kind, "test"))),
  },
  {
    ...{ what: "reported fixes within a day", most: 1, as: "owner" },
    add: (owner) => reportFix(owner, { text: "We removed the loop from our client." }),
    count: (accountId) => test.db.$count(selfCure, eq(selfCure.accountId, accountId)),
  },
  {
    ...{ what: "saved filters", most: 30, as: "admin" },
    add: (admin, n) => saveFilter(admin, { name: `f${n}`, query: "view=all" }),
    count: () => test.db.$count(savedFilter),
  },
  {
    ...{ what: "gateway credentials", most: 1_000, as: "admin" },
    add: (admin, n) => createCredential(admin, { name: `edge-${n}` }),
    count: () => test.db.$count(gatewayCredential),
    fill: (_id, length) =>
      test.db
        .insert(gatewayCredential)
        .values(rows(length).map((n) => ({ name: `g${n}`, hash: Buffer.from(`hash ${n}`), preview: "gthg_…" }))),
  },
];

it.each(bounds)("at most $most $what, also when many ask at once", async ({ what, most, as, add, count, fill }) => {
  const { accountId, memberCtx } = await accountWith(test.db, `Bound of ${what}`);
  const ctx = as === "owner" ? await memberCtx("owner") : await staffCtx(test.db, "admin");
  const room = Math.max(0, most - 2 - (await count(accountId)));
  if (fill) await fill(accountId, room);
  else for (const n of rows(room)) await add(ctx, n);
  const asked = await Promise.allSettled(rows(atOnce).map((n) => add(ctx, 60 + n)));
  expect(await count(accountId)).toBe(most);
  const refused = asked.filter((one) => one.status === "rejected");
  expect(refused.map((one) => one.reason.code).filter((code) => code !== "conflict" && code !== "throttled")).toEqual(
    [],
  );
});
