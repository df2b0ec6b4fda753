import { eq } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { action } from "#db/schema/enforcement.ts";
import { type TestDatabase, testDatabase } from "#db/testing.ts";
import { getOverview } from "../accounts/get-overview.ts";
import { renameAccount } from "../accounts/rename-account.ts";
import { submitAppeal } from "../appeals/submit-appeal.ts";
import { withdrawAppeal } from "../appeals/withdraw-appeal.ts";
import { writeAppealMessage } from "../appeals/write-message.ts";
import { listExports } from "../exports/list-exports.ts";
import { requestExport } from "../exports/request-export.ts";
import type { Ctx } from "../frame/context.ts";
import { actionsInForce } from "../frame/standing-of.ts";
import { inviteMember } from "../invitations/invite.ts";
import type { ActionType } from "../rules/vocabulary.ts";
import { accountWith, staffCtx, testNow } from "../testing.ts";
import { countTokens } from "../tokens/count-tokens.ts";
import { createToken } from "../tokens/create-token.ts";
import { getToken } from "../tokens/get-token.ts";
import { listTokenHistory } from "../tokens/list-token-history.ts";
import { listTokens } from "../tokens/list-tokens.ts";
import { pauseToken } from "../tokens/pause-token.ts";
import { revokeToken } from "../tokens/revoke-token.ts";
import { unpauseToken } from "../tokens/unpause-token.ts";
import { approveAction } from "./approve-action.ts";
import { getStanding } from "./get-standing.ts";
import { imposeAction } from "./impose-action.ts";
import { liftAction } from "./lift-action.ts";

let test: TestDatabase;
let lead: Ctx;
let admin: Ctx;
beforeAll(async () => {
  test = await testDatabase();
  lead = await staffCtx(test.db, "lead");
  admin = await staffCtx(test.db, "admin");
});
afterAll(() => test.close());

const facts = { reasonCode: "spam" as const, publicText: "Mail was reported as spam.", internalNote: "see reports" };
const words = { cause: "A list that we bought.", changed: "We deleted it.", prevention: "We ask for consent." };
type Terms = { type: ActionType; durationHours?: number; factor?: number; surface?: "smtp"; ofToken?: true };

/** Every thing an owner may want to do under a measure, and whether it was done or refused. */
async function underMeasure({ ofToken, ...terms }: Terms) {
  const { accountId, memberCtx } = await accountWith(test.db, `Under ${terms.type}`);
  const owner = await memberCtx("owner");
  const tokens = [];
  for (const name of ["one", "two"]) tokens.push((await createToken(owner, { name })).tokenId);
  const [first = "", second = ""] = tokens;
  const narrowed = ofToken ? { tokenId: first } : {};
  const { actionId, state } = await imposeAction(lead, { accountId, ...facts, ...terms, ...narrowed });
  if (state === "pending_approval") await approveAction(admin, { actionId });
  await test.db.update(action).set({ appliedAt: testNow }).where(eq(action.id, actionId));
  const acts: Record<string, () => Promise<unknown>> = {
    "see usage": () => getOverview(owner, {}),
    "see the reason": () => getStanding(owner, {}),
    create: () => createToken(owner, { name: "three" }),
    pause: () => pauseToken(owner, { tokenId: second }),
    revoke: () => revokeToken(owner, { tokenId: second }),
    invite: () => inviteMember(owner, { email: `mia.${accountId}@example.com`, role: "viewer" }),
    rename: () => renameAccount(owner, { name: "New name" }),
    export: async () => {
      await requestExport(owner, {});
      expect(await listExports(owner, {})).toHaveLength(1);
    },
    appeal: async () => {
      const { appealId } = await submitAppeal(owner, { actionId, ...words });
      await writeAppealMessage(owner, { appealId, text: "Here is more." });
      await withdrawAppeal(owner, { appealId });
    },
  };
  const refused: string[] = [];
  for (const [name, act] of Object.entries(acts))
    await act().catch((error: { code?: string }) => {
      if (error.code !== "conflict") throw error;
      refused.push(name);
    });
  return { refused, accountId, owner, tokenId: first };
}

describe("what still works for the owner under a measure", () => {
  it.each<[string, Terms, string[]]>([
    ["a notice", { type: "notice" }, []],
    ["a throttle", { type: "throttle", factor: 0.5, durationHours: 24 }, []],
    ["a token pause", { type: "token_pause", ofToken: true, durationHours: 24 }, []],
    ["a suspension of a surface", { type: "suspension", surface: "smtp", durationHours: 24 }, ["create"]],
    ["a suspension", { type: "suspension", durationHours: 24 }, ["create"]],
    ["a termination", { type: "termination" }, ["create", "pause", "revoke", "invite", "rename"]],
  ])("%s", async (_name, terms, refused) => {
    expect((await underMeasure(terms)).refused).toEqual(refused);
  });

  it("is not to end a pause of a token by staff, which list, page, count and history tell as what it is", async () => {
    const { owner, accountId, tokenId } = await underMeasure({ type: "token_pause", ofToken: true, durationHours: 24 });
    const isPaused = { state: "paused", isPausedByProvider: true, pausedAt: testNow };
    expect(await getToken(owner, { tokenId })).toMatchObject(isPaused);
    expect((await listTokens(owner, {})).filter((one) => one.isPausedByProvider)).toMatchObject([
      { id: tokenId, ...isPaused },
    ]);
    expect(await countTokens(owner, {}), "the second is revoked, the third works").toBe(1);
    const history = await listTokenHistory(owner, { tokenId });
    expect(history.map((one) => [one.action, one.actorName])).toEqual([
      ["action.apply", "The provider"],
      ["token.create", "Under token_pause owner"],
    ]);
    await pauseToken(owner, { tokenId });
    await expect(unpauseToken(owner, { tokenId })).rejects.toMatchObject({
      code: "conflict",
      message: expect.stringContaining("standing page"),
    });
    const [measure] = await actionsInForce(owner, [accountId]);
    expect(measure).toMatchObject({ type: "token_pause", tokenId });
    await liftAction(lead, { actionId: measure?.id ?? "", reason: "It was not theirs." });
    expect(await getToken(owner, { tokenId })).toMatchObject({ state: "paused", isPausedByProvider: false });
    await unpauseToken(owner, { tokenId });
    expect(await getToken(owner, { tokenId })).toMatchObject({ state: "active", pausedAt: null });
  });

  it("tells nothing of a measure without notice in the history of its token", async () => {
    const { accountId, memberCtx } = await accountWith(test.db, "Silent Pause");
    const owner = await memberCtx("owner");
    const { tokenId } = await createToken(owner, { name: "one" });
    const silence = { silentHours: 12, silenceReason: "They must not remove the traces." };
    await imposeAction(lead, { accountId, type: "token_pause", tokenId, durationHours: 24, ...facts, ...silence });
    const actionsOf = async (ctx: Ctx) => (await listTokenHistory(ctx, { tokenId })).map((one) => one.action);
    expect(await actionsOf(owner)).toEqual(["token.create"]);
    expect(await actionsOf(lead)).toEqual(["action.apply", "token.create"]);
  });
});
