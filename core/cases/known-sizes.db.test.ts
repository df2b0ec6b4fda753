import { and, eq, sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { abuseCase, flag } from "#db/schema/abuse.ts";
import { member } from "#db/schema/accounts.ts";
import { type TestDatabase, testDatabase } from "#db/testing.ts";
import * as format from "#words/format.ts";
import { detect, detectInHistory } from "../detection/detect.ts";
import { getEvidence } from "../enforcement/get-evidence.ts";
import { getStanding } from "../enforcement/get-standing.ts";
import { imposeAction } from "../enforcement/impose-action.ts";
import { type Ctx, jobCtx } from "../frame/context.ts";
import { seedAccount, seedEndpoint, seedPlan, seedToken } from "../gate/testing/testing.ts";
import { testGate, type VerifyAnswer } from "../gate/testing/testing-gate.ts";
import { mailNotice } from "../notices/mail-notice.ts";
import { installSampleProvider } from "../provider/install-sample-provider.ts";
import type { ReasonCode } from "../rules/vocabulary.ts";
import { logger } from "../runtime/log.ts";
import { ctxOf, staffCtx } from "../testing.ts";
import { getReceipt } from "../usage/get-receipt.ts";
import { closeCase } from "./close-case.ts";
import { getCase } from "./get-case.ts";

/** Abuse of known size, sent through a gate: what staff, owner and mail read is what was sent, or says "at least". */

const log = logger("test");
const minuteMs = 60_000;

let test: TestDatabase;
let lead: Ctx;
let startedAt: Date;
const offences = {} as Record<"probing" | "quota" | "dead" | "networks" | "rate", Offence>;
type Offence = { accountId: string; owner: Ctx; answers: VerifyAnswer[] };

beforeAll(async () => {
  test = await testDatabase();
  await test.db.execute(sql`select ensure_usage_partitions(now() - interval '1 day', now() + interval '1 day')`);
  await installSampleProvider(jobCtx(test.db, "test", new Date(Date.now() - minuteMs)), {});
  await seedEndpoint(test.sql, { name: "limited", method: "POST", path: "/v1/limited", rateLimit: 60 });
  await seedEndpoint(test.sql, { name: "read", method: "GET", path: "/v1/read" });
  const clients = {
    probing: await client(null, {}),
    quota: await client(100, {}),
    dead: await client(null, { revokedAt: new Date(Date.now() - minuteMs) }),
    networks: await client(null, {}),
    rate: await client(null, {}),
  };
  await usedBefore(clients.networks.accountId);
  startedAt = new Date();
  const gate = await testGate(test.url);
  const send = async (of: keyof typeof clients, count: number, call: (n: number) => Record<string, unknown>) => {
    const { secret, ...client } = clients[of];
    const answers: VerifyAnswer[] = [];
    for (let n = 0; n < count; n++) answers.push(await gate.verify({ token: secret, ip: "198.51.100.7", ...call(n) }));
    offences[of] = { ...client, answers };
  };
  const read = { method: "GET", path: "/v1/read" };
  await send("probing", 60, (n) => ({ method: "GET", path: `/admin/${n}.php` }));
  await send("quota", 300, () => read);
  await send("dead", 150, () => read);
  await send("networks", 15, (n) => ({ ...read, ip: `203.0.${n}.9` }));
  await send("rate", 700, () => ({ method: "POST", path: "/v1/limited" }));
  // What a gate has decided is counted when it stops.
  await gate.remove();
  lead = await staffCtx(test.db, "lead", "Lee", new Date());
  await detect(test.db, new Date(), log);
  await detectInHistory(test.db, new Date(), log);
});
afterAll(() => test.close());

/** Ten days from one network and a call each: what is usual for the token that is then used from many. */
async function usedBefore(accountId: string): Promise<void> {
  await test.sql`
    insert into network_day (account_id, token_id, day, network, requests)
    select ${accountId}, id, current_date - n, '203.0.113.0/24', 1
    from token, generate_series(1, 10) n where account_id = ${accountId}`;
}

async function client(quotaPerDay: number | null, token: Parameters<typeof seedToken>[2]) {
  const accountId = await seedAccount(test.sql, await seedPlan(test.sql, quotaPerDay));
  const { secret } = await seedToken(test.sql, accountId, token);
  const { actor } = await staffCtx(test.db, "support", "An Owner");
  const [userId, sessionId] = actor.kind === "staff" ? [actor.userId, actor.sessionId ?? ""] : ["", ""];
  await test.db.insert(member).values({ accountId, userId, role: "owner" });
  const owner = { kind: "member", userId, sessionId, name: "An Owner", accountId, role: "owner" } as const;
  return { accountId, secret, owner: ctxOf(test.db, owner, new Date()) };
}

const flagsOf = (accountId: string, detector: string) =>
  test.db
    .select({ summary: flag.summary, count: flag.count, firstSeenAt: flag.firstSeenAt, lastSeenAt: flag.lastSeenAt })
    .from(flag)
    .where(and(eq(flag.accountId, accountId), eq(flag.detector, detector)));
const refusedOf = ({ answers }: Offence) => answers.filter(({ allowed }) => !allowed);

describe("the sentence of a flag has the figure that was sent", () => {
  it.each([
    ["60 distinct paths, of which 30 are kept", "probing", "probing", /^At least 30 distinct .* 60 of 60 requests/],
    ["300 calls on a quota of 100", "quota", "quota_overrun", /^200 calls refused .* 2.0 times the daily quota of 100/],
    ["150 calls with a revoked token", "dead", "dead_token_use", /^150 calls in an hour with a revoked token/],
    ["15 networks", "networks", "token_sharing", /^Used from 15 networks today/],
  ] as const)("%s", async (_, offence, detector, sentence) => {
    const [raised] = await flagsOf(offences[offence].accountId, detector);
    expect(raised?.summary).toMatch(sentence);
    expect(raised?.count).toBeLessThanOrEqual(2);
    expect(raised?.firstSeenAt.getTime()).toBeGreaterThanOrEqual(Math.floor(startedAt.getTime() / minuteMs) * minuteMs);
    expect(raised?.lastSeenAt.getTime()).toBeLessThanOrEqual(Date.now());
  });

  it("700 calls on a limit of 60, none of which waited", async () => {
    const { accountId, answers } = offences.rate;
    const refused = answers.filter(({ code }) => code === "rate_limited").length;
    expect(refused).toBeGreaterThanOrEqual(580);
    const [raised] = await flagsOf(accountId, "rate_excess");
    expect(raised?.summary).toContain(`${format.count(refused)} of ${format.count(answers.length)} requests`);
  });
});

it("every receipt of 840 refusals opens for its owner, and tells the time and the reason", async () => {
  for (const offence of [offences.quota, offences.rate]) {
    const refused = refusedOf(offence);
    const read = await Promise.all(refused.map(({ receipt }) => getReceipt(offence.owner, { receipt: receipt ?? "" })));
    expect(read.map(({ receipt, code }) => ({ receipt, code }))).toEqual(
      refused.map(({ receipt, code }) => ({ receipt, code })),
    );
    expect(read.filter(({ hasDetails }) => hasDetails).length).toBeGreaterThanOrEqual(30);
    for (const { at } of read) expect(at.getTime()).toBeGreaterThanOrEqual(startedAt.getTime());
  }
});

it.each<[keyof typeof offences, ReasonCode, string]>([
  ["quota", "quota_excess", "200 calls refused by the quota today, 2.0 times the daily quota of 100"],
  ["dead", "other", "150 calls in an hour with a revoked token"],
])("seal, owner's page and mail of a notice about %s agree with what was sent", async (name, reasonCode, sentence) => {
  const { accountId, owner, answers } = offences[name];
  const [opened] = await test.db.select({ id: abuseCase.id }).from(abuseCase).where(eq(abuseCase.accountId, accountId));
  const caseId = opened?.id ?? "";
  const now = new Date();
  const { actionId } = await imposeAction(
    { ...lead, now },
    { accountId, caseId, type: "notice", reasonCode, publicText: `We saw this: ${sentence}.`, internalNote: "chart" },
  );
  const refused = refusedOf(offences[name]).length;
  const sent = { allowed: answers.length - refused, refused };
  const sealed = await getEvidence(lead, { actionId });
  expect(sealed.evidence?.totals).toEqual(sent);
  expect(sealed.evidence?.flags.map(({ summary }) => summary).join("\n")).toContain(sentence);
  const { actions } = await getStanding({ ...owner, now }, {});
  expect(actions[0]?.statement?.evidence?.totals).toEqual(sent);
  const [notice] = await test.db.execute<{ id: string }>(sql`select id from notice where action_id = ${actionId}`);
  const later = jobCtx(test.db, "Gatehouse", new Date(now.getTime() + minuteMs));
  await mailNotice(later, { noticeId: notice?.id ?? "", publicUrl: "https://desk.example.com" });
  const [mail] = await test.db.execute<{ text: string }>(
    sql`select text_body as text from mail where account_id = ${accountId}`,
  );
  expect(mail?.text).toContain(sentence);

  const { version } = await getCase(lead, { caseId });
  await closeCase({ ...lead, now }, { caseId, version, outcome: "notice" });
  for (let minutes = 1; minutes <= 60; minutes += 3) {
    const at = new Date(now.getTime() + minutes * minuteMs);
    await detect(test.db, at, log);
    await detectInHistory(test.db, at, log);
  }
  expect(await getCase(lead, { caseId })).toMatchObject({ state: "closed", outcome: "notice" });
});
