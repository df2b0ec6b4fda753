import { createHash } from "node:crypto";
import { eq } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { abuseCase, caseEvent } from "#db/schema/abuse.ts";
import { networkDay } from "#db/schema/usage.ts";
import { type TestDatabase, testDatabase } from "#db/testing.ts";
import { recordSignals } from "../detection/record-signals.ts";
import { type Ctx, jobCtx } from "../frame/context.ts";
import { relatedAccounts, searchDesk } from "../search/search-desk.ts";
import { accountWith, probingSignal, staffCtx, testDay, testNow } from "../testing.ts";
import { createToken } from "../tokens/create-token.ts";
import { addReference, listReferences, removeReference } from "./case-references.ts";
import { claimCase } from "./claim-case.ts";
import { getCase } from "./get-case.ts";
import { listCases } from "./list-cases.ts";
import { listFilters, removeFilter, saveFilter } from "./saved-filters.ts";
import { settleCases } from "./settle-cases.ts";
import { viewCase } from "./view-case.ts";
import { escalateCase, handOverCase, releaseCase, snoozeCase, wakeCase } from "./work-case.ts";

const hour = 3_600_000;
const later = (ctx: Ctx, ms: number): Ctx => ({ ...ctx, now: new Date(testNow.getTime() + ms) });

let test: TestDatabase;
let ann: Ctx;
let bob: Ctx;
beforeAll(async () => {
  test = await testDatabase();
  ann = await staffCtx(test.db, "support", "Ann");
  bob = await staffCtx(test.db, "reviewer", "Bob");
});
afterAll(() => test.close());

const signal = (accountId: string, detector = "probing", scopeId = accountId) => ({
  ...probingSignal(accountId),
  detector,
  scopeId,
});

async function openCase(name: string) {
  const { accountId, memberCtx } = await accountWith(test.db, name);
  await recordSignals(jobCtx(test.db, "Detectors", testNow), { accountId, signals: [signal(accountId)] });
  const {
    cases: [found],
  } = await listCases(ann, { search: name });
  return { accountId, memberCtx, caseId: found?.id ?? "" };
}
const versionOf = async (caseId: string) => (await getCase(ann, { caseId })).version;

describe("working a case", () => {
  it("hands it over, lets go, escalates, and refuses a stale write of each with who and when", async () => {
    const { caseId } = await openCase("Hands");
    await claimCase(ann, { caseId, version: 1 });
    const bobId = bob.actor.kind === "staff" ? bob.actor.userId : "";
    await handOverCase(ann, { caseId, version: 2, toUserId: bobId, text: "You know them." });
    expect(await getCase(ann, { caseId })).toMatchObject({ assigneeName: "Bob", state: "assigned" });
    for (const act of [
      () => releaseCase(bob, { caseId, version: 2 }),
      () => snoozeCase(bob, { caseId, version: 2, hours: 4 }),
      () => escalateCase(bob, { caseId, version: 2, text: "Help me" }),
      () => handOverCase(bob, { caseId, version: 2, toUserId: bobId }),
    ])
      await expect(act()).rejects.toMatchObject({
        code: "conflict",
        message: expect.stringContaining("Ann changed this case at 12:12 UTC"),
      });
    await releaseCase(bob, { caseId, version: 3 });
    await escalateCase(bob, { caseId, version: 4, text: "Two hundred tokens." });
    expect(await getCase(ann, { caseId })).toMatchObject({ state: "escalated" });
    const left = handOverCase(bob, { caseId, version: 5, toUserId: crypto.randomUUID() });
    await expect(left).rejects.toMatchObject({ code: "not_found" });
  });

  it("put off comes back at its time, or with the next signal, and is counted", async () => {
    const { accountId, caseId } = await openCase("Snoozing");
    await expect(snoozeCase(ann, { caseId, version: 1, hours: 200 })).rejects.toMatchObject({
      fields: { hours: expect.any(String) },
    });
    await snoozeCase(ann, { caseId, version: 1, hours: 4 });
    const settle = (ms: number) => settleCases(jobCtx(test.db, "Gatehouse", new Date(testNow.getTime() + ms)), {});
    await settle(3 * hour);
    expect((await getCase(ann, { caseId })).state).toBe("snoozed");
    await settle(4 * hour);
    expect((await getCase(ann, { caseId })).state).toBe("assigned");
    await snoozeCase(ann, { caseId, version: await versionOf(caseId) });
    await settle(100 * hour);
    expect((await getCase(ann, { caseId })).state).toBe("snoozed");
    await recordSignals(jobCtx(test.db, "Detectors", new Date(testNow.getTime() + hour)), {
      accountId,
      signals: [signal(accountId, "rate_excess")],
    });
    expect(await getCase(ann, { caseId })).toMatchObject({ state: "assigned", snoozeCount: 2 });
    await snoozeCase(ann, { caseId, version: await versionOf(caseId), hours: 1 });
    await wakeCase(ann, { caseId, version: await versionOf(caseId) });
  });

  it("shows who else looks, renews the claim of who holds it, and lets it lapse when the page is closed", async () => {
    const { caseId } = await openCase("Present");
    await claimCase(ann, { caseId, version: 1 });
    expect(await viewCase(ann, { caseId })).toEqual([]);
    expect(await viewCase(bob, { caseId })).toEqual([{ name: "Ann" }]);
    expect(await viewCase(later(bob, 60_000), { caseId })).toEqual([]);
    await viewCase(later(ann, 8 * 60_000), { caseId });
    const claimed = async () =>
      (await test.db.select({ until: abuseCase.claimedUntil }).from(abuseCase).where(eq(abuseCase.id, caseId)))[0]
        ?.until;
    expect(await claimed()).toEqual(new Date(testNow.getTime() + 18 * 60_000));
    await settleCases(jobCtx(test.db, "Gatehouse", new Date(testNow.getTime() + 19 * 60_000)), {});
    expect(await claimed()).toBeNull();
  });

  it("reminds once a day of what nobody has touched", async () => {
    const { caseId } = await openCase("Forgotten");
    const settle = (hours: number) =>
      settleCases(jobCtx(test.db, "Gatehouse", new Date(testNow.getTime() + hours * hour)), {});
    for (const hours of [23, 25, 26, 40, 50]) await settle(hours);
    const events = await test.db.select({ type: caseEvent.type }).from(caseEvent).where(eq(caseEvent.caseId, caseId));
    expect(events.filter((one) => one.type === "case.reminded")).toHaveLength(2);
  });

  it("links tickets and shares filters, and keeps what was removed in the timeline", async () => {
    const { caseId } = await openCase("Linked");
    const bad = addReference(ann, { caseId, label: "X", url: "javascript:alert(1)" });
    await expect(bad).rejects.toMatchObject({ fields: { url: expect.any(String) } });
    await addReference(ann, { caseId, label: "HELP-1", url: "https://tickets.example.com/1" });
    const [reference] = await listReferences(bob, { caseId });
    await removeReference(bob, { referenceId: reference?.id ?? "" });
    expect(await listReferences(bob, { caseId })).toEqual([]);
    expect((await getCase(bob, { caseId })).timeline.map((one) => one.type)).toEqual(
      expect.arrayContaining(["reference.added", "reference.removed"]),
    );
    await saveFilter(ann, { name: "Probing", query: "view=open&detector=probing" });
    const [filter] = await listFilters(bob, {});
    expect(filter).toMatchObject({ name: "Probing", byName: "Ann" });
    await removeFilter(bob, { filterId: filter?.id ?? "" });
    expect((await listCases(ann, { detector: "probing", search: "Linked" })).total).toBe(1);
    expect((await listCases(ann, { detector: "spike", search: "Linked" })).total).toBe(0);
  });
});

describe("the desk's search", () => {
  let accountId: string;
  let preview: string;
  let secret: string;
  const hints = async (text: string) => (await searchDesk(ann, { text })).map((one) => `${one.kind} ${one.hint}`);
  beforeAll(async () => {
    const { accountId: id, memberCtx } = await openCase("Findable Ltd");
    accountId = id;
    const made = await createToken(await memberCtx("owner"), { name: "billing-cron" });
    ({ preview, secret } = made);
    const other = await accountWith(test.db, "Neighbour Ltd");
    const used = { day: testDay(), tokenId: made.tokenId, network: "198.51.100.0/24", requests: 1 };
    for (const each of [accountId, other.accountId])
      await test.db.insert(networkDay).values({ accountId: each, ...used });
  });

  it("finds an account by its name", async () => {
    expect(await hints("findable")).toContain(`account ${await slugOf(accountId)}`);
  });

  it("finds a token by its preview", async () => {
    expect(await hints(preview)).toEqual(["token Findable Ltd"]);
  });

  it("finds who calls from a network, and nobody for what is none", async () => {
    expect((await hints("198.51.100.7")).sort()).toEqual(["network Findable Ltd", "network Neighbour Ltd"]);
    expect(await hints("300.1.1.1")).toEqual([]);
  });

  it("finds a token by the hash of its secret, without saying the secret", async () => {
    const found = await searchDesk(ann, { tokenHash: createHash("sha256").update(secret).digest("hex") });
    expect(found).toMatchObject([{ kind: "token", accountId }]);
    expect(JSON.stringify(found)).not.toContain(secret);
  });

  it("knows the accounts that share a network", async () => {
    expect(await relatedAccounts(ann, { accountId })).toMatchObject([{ name: "Neighbour Ltd", shared: 1 }]);
  });
});

async function slugOf(accountId: string): Promise<string> {
  const [row] = await test.sql<{ slug: string }[]>`select slug from account where id = ${accountId}`;
  return row?.slug ?? "";
}
