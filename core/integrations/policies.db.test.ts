import { createServer, type Server } from "node:http";
import { eq } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { flag } from "#db/schema/abuse.ts";
import { type TestDatabase, testDatabase } from "#db/testing.ts";
import { allowPrivateNetworks } from "../accounts/change-terms.ts";
import { detectInHistory } from "../detection/detect.ts";
import type { Ctx } from "../frame/context.ts";
import { logger } from "../runtime/log.ts";
import { accountWith, staffCtx, testNow } from "../testing.ts";
import { checkPolicies } from "./check-policies.ts";
import { checkPolicy } from "./check-policy.ts";
import { createIntegration } from "./create-integration.ts";
import { editIntegration } from "./edit-integration.ts";
import { listIntegrations } from "./list-integrations.ts";

let test: TestDatabase;
let owner: Ctx;
let stranger: Ctx;
let server: Server;
let base: string;
let accountId: string;
/** What the page answers, by path, and how often it was asked. */
const pages = new Map<string, { status: number; location?: string }>();
const asked: string[] = [];

const later = (hours: number) => new Date(testNow.getTime() + hours * 3_600_000);
const said = { name: "Shop", purpose: "Sells", contactEmail: "p@example.com", dataCollected: ["names" as const] };
const found = async (id: string, ctx = owner) => (await listIntegrations(ctx, {})).find((row) => row.id === id);

/** Whether staff let the account reach the private networks that the operator allows, here this machine. */
async function reach(reachesPrivateNetworks: boolean, id = accountId): Promise<void> {
  await allowPrivateNetworks(await staffCtx(test.db, "admin"), { accountId: id, reachesPrivateNetworks });
}

beforeAll(async () => {
  vi.stubEnv("WEBHOOK_ALLOWED_NETWORKS", "127.0.0.0/8");
  test = await testDatabase();
  const account = await accountWith(test.db, "Northwind");
  accountId = account.accountId;
  owner = await account.memberCtx("owner");
  await reach(true);
  stranger = await (await accountWith(test.db, "Stranger")).memberCtx("owner");
  server = createServer((request, response) => {
    asked.push(request.url ?? "");
    const page = pages.get(request.url ?? "") ?? { status: 404 };
    response.writeHead(page.status, page.location ? { location: page.location } : {}).end("<h1>Privacy</h1>");
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  base = `http://127.0.0.1:${typeof address === "object" && address ? address.port : 0}`;
});
afterAll(async () => {
  vi.unstubAllEnvs();
  server.close();
  await test.close();
});

describe("the privacy policy of an integration", () => {
  it("is looked at once set, found through redirects, and then left alone for a day", async () => {
    pages.set("/old", { status: 301, location: "/new" });
    pages.set("/new", { status: 200 });
    const { id } = await createIntegration(owner, { ...said, privacyPolicyUrl: `${base}/old` });
    expect(await found(id)).toMatchObject({ policyState: "unchecked", isPolicyBeingChecked: true });
    await checkPolicies(test.db, testNow, "1");
    expect(await found(id)).toMatchObject({
      policyState: "reachable",
      policyCheckedAt: testNow,
      policyProblem: null,
      isPolicyBeingChecked: false,
    });
    expect(await checkPolicies(test.db, later(23), "1")).toBe(0);
    expect(await checkPolicies(test.db, later(24), "1")).toBe(1);
  });

  it("that is away is said at once, raises a flag only after a day, and is forgotten when it is back", async () => {
    pages.set("/gone", { status: 410 });
    const ctx = await (await accountWith(test.db, "Away")).memberCtx("owner");
    if (ctx.actor.kind !== "member") throw new Error("member");
    const { accountId } = ctx.actor;
    await reach(true, accountId);
    const flagged = () => test.db.select({ summary: flag.summary }).from(flag).where(eq(flag.accountId, accountId));
    const { id } = await createIntegration(ctx, { ...said, privacyPolicyUrl: `${base}/gone` });
    for (const hours of [0, 1, 23]) {
      await checkPolicies(test.db, later(hours), "1");
      await detectInHistory(test.db, later(hours), logger("test"));
    }
    expect(await found(id, ctx)).toMatchObject({
      policyState: "unreachable",
      policyProblem: "The page answered with status 410.",
      policyFailingSince: testNow,
      policyCheckedAt: later(23),
    });
    expect(await flagged()).toEqual([]);
    await detectInHistory(test.db, later(24), logger("test"));
    expect(await flagged()).toEqual([
      { summary: "“Shop” collects data about people under a privacy policy that cannot be reached" },
    ]);
    pages.set("/gone", { status: 200 });
    await checkPolicies(test.db, later(25), "1");
    expect(await found(id, ctx)).toMatchObject({
      policyState: "reachable",
      policyProblem: null,
      policyFailingSince: null,
    });
  });

  it("is never looked for in a private network, neither directly nor behind a redirect", async () => {
    pages.set("/inside", { status: 302, location: "http://10.0.0.1/secret" });
    pages.set("/loop", { status: 302, location: "/loop" });
    const own = await createIntegration(owner, { ...said, name: "Own", privacyPolicyUrl: `${base}/new` });
    const before = asked.length;
    await reach(false);
    await checkPolicies(test.db, later(30), "1");
    expect(asked.length).toBe(before);
    expect((await found(own.id))?.policyProblem).toMatch(/127\.0\.0\.1 is not in an allowed network/);
    await reach(true);
    const inside = await createIntegration(owner, { ...said, name: "In", privacyPolicyUrl: `${base}/inside` });
    const loop = await createIntegration(owner, { ...said, name: "Loop", privacyPolicyUrl: `${base}/loop` });
    await checkPolicies(test.db, later(30), "1");
    expect((await found(inside.id))?.policyProblem).toMatch(/10\.0\.0\.1 is not in an allowed network/);
    expect((await found(loop.id))?.policyProblem).toBe("The page redirects more than 5 times.");
  });

  /** An integration whose policy was looked at in hour 40. */
  async function lookedAt(): Promise<string> {
    pages.set("/new", { status: 200 });
    const { id } = await createIntegration(owner, { ...said, name: "Asked", privacyPolicyUrl: `${base}/new` });
    await checkPolicies(test.db, later(40), "1");
    return id;
  }

  it("is looked at again when its own account asks", async () => {
    const id = await lookedAt();
    await expect(checkPolicy({ ...stranger, now: later(41) }, { integrationId: id })).rejects.toMatchObject({
      code: "not_found",
    });
    await checkPolicy({ ...owner, now: later(41) }, { integrationId: id });
    expect(await found(id)).toMatchObject({ policyState: "reachable", isPolicyBeingChecked: true });
    await checkPolicies(test.db, later(41), "1");
    expect((await found(id))?.policyCheckedAt).toEqual(later(41));
  });

  it("is not looked at twice within half a minute", async () => {
    const integrationId = await lookedAt();
    await expect(checkPolicy({ ...owner, now: later(40) }, { integrationId })).rejects.toMatchObject({
      code: "conflict",
    });
  });

  it("is looked at again at a new address, and not for a new name", async () => {
    const id = await lookedAt();
    const same = { ...said, name: "Renamed", privacyPolicyUrl: `${base}/new` };
    await editIntegration(owner, { integrationId: id, ...same });
    expect((await found(id))?.policyCheckedAt).toEqual(later(40));
    await editIntegration(owner, { integrationId: id, ...same, privacyPolicyUrl: `${base}/nowhere` });
    expect(await found(id)).toMatchObject({ policyState: "unchecked", isPolicyBeingChecked: true });
  });

  it("cannot be looked at where there is none", async () => {
    const { id } = await createIntegration(owner, { ...said, name: "Without" });
    await expect(checkPolicy(owner, { integrationId: id })).rejects.toMatchObject({ code: "conflict" });
  });
});
