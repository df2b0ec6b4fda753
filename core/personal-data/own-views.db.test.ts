import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import { type TestDatabase, testDatabase } from "#db/testing.ts";
import { getAccount } from "../accounts/get-account.ts";
import { accountWith, staffCtx } from "../testing.ts";
import { listOwnViews } from "./list-own-views.ts";
import { recordView } from "./record-view.ts";
import { unmask } from "./unmask.ts";

let test: TestDatabase;
beforeAll(async () => {
  test = await testDatabase();
});
afterAll(() => test.close());
afterEach(() => vi.unstubAllEnvs());

describe("what owners see of staff's looks at their data", () => {
  it("is nothing unless the operator wants it, and then when and what, without names or reasons", async () => {
    const { accountId, memberCtx } = await accountWith(test.db, "Seen Ltd");
    const other = await accountWith(test.db, "Other Ltd");
    const owner = await memberCtx("owner");
    const agent = await staffCtx(test.db, "support", "Sol Secret");
    await getAccount(agent, { accountId });
    await getAccount(agent, { accountId: other.accountId });
    const subjectId = owner.actor.kind === "member" ? owner.actor.userId : "";
    await unmask(agent, { what: "member_email", subjectId, accountId, reason: "They called about a bill." });
    expect(await listOwnViews(owner, {})).toBeNull();

    await recordView(agent, { accountId, what: "case", subjectId: crypto.randomUUID() });
    vi.stubEnv("SHOW_STAFF_VIEWS", "1");
    const views = await listOwnViews(owner, {});
    expect(views?.map((one) => one.what)).toEqual(["account", "member_email", "account"]);
    expect(JSON.stringify(views)).not.toMatch(/Sol|bill/);
  });
});
