import { sql } from "drizzle-orm";
import { imposeAction } from "#core/enforcement/impose-action.ts";
import { makeToken, ownAccount } from "./owner.ts";
import { type OwnerAction, ownerActions, post } from "./owner-actions.ts";
import { addMember, addStaff, database, makePerson, signIn } from "./sign-in.ts";
import { expect, test } from "./test.ts";

/** Fields that name a thing; the form of an action that has none makes something new, or concerns the account itself. */
const idFields = [
  "tokenId",
  "userId",
  "invitationId",
  "integrationId",
  "ruleId",
  "alertId",
  "noticeId",
  "actionId",
  "appealId",
  "loadId",
  "endpointId",
  "deliveryId",
  "domainId",
  "accountId",
  "requestId",
];
/** Whoever asks for a larger limit names an endpoint of the provider, which is no account's. */
const namesThing = ({ name, fields }: OwnerAction) =>
  name !== "askForLimitAction" && fields.some((field) => idFields.includes(field));

/** The newest row's id of an account, by table. */
async function newest(table: string, accountId: string): Promise<string> {
  const rows = await database().db.execute<{ id: string }>(
    sql`select id from ${sql.identifier(table)} t where account_id = ${accountId}
      order by coalesce(to_jsonb(t) ->> 'created_at', to_jsonb(t) ->> 'at') desc limit 1`,
  );
  return rows[0]?.id ?? "";
}

/** Everything of an account that somebody can change, but for what the worker writes by itself. */
async function allOf(accountId: string): Promise<unknown[]> {
  const tables = [
    "token",
    "member",
    "invitation",
    "integration",
    "alert",
    "webhook_endpoint",
    "announced_load",
    "account_domain",
    "limit_request",
  ];
  const rows = [...tables, "appeal", "notice", "action", "alert_rule"].map((table) =>
    database().db.execute(
      sql`select to_jsonb(t) - array['seen_share', 'seen_at', 'fired_at', 'state', 'confirmed_at', 'version'] as row
        from ${sql.identifier(table)} t where account_id = ${accountId} order by 1`,
    ),
  );
  return (await Promise.all(rows)).map((list) => [...list]);
}

test("no action of any page does anything for a member of another account, whichever id and account it names", async ({
  context,
}) => {
  test.setTimeout(180_000);
  const { request } = context;
  const actions = await ownerActions();
  expect(actions.length).toBeGreaterThan(40);
  const theirs = await ownAccount(context, "Untouched Ltd");
  const guest = await makePerson("Gil Guest");
  await addMember(theirs.accountId, guest, "viewer");
  const { tokenId } = await makeToken(theirs.accountId, "untouched");
  const onTheirs = { on: theirs.slug, account: theirs.slug };

  // Their owner makes one of everything, which shows that the forms are right.
  for (const action of actions.filter((one) => !namesThing(one))) {
    // The last owner stays.
    const code = action.name === "leaveAccountAction" ? "conflict" : "ok";
    expect(await post(request, action, { ...onTheirs, ids: {} }), action.name).toMatchObject({ code });
  }
  const actionId = await noticeBy(theirs.accountId);
  const idOf = (table: string) => newest(table, theirs.accountId);
  const ids: Record<string, string> = {
    accountId: theirs.accountId,
    tokenId,
    userId: guest.userId,
    actionId,
    invitationId: await idOf("invitation"),
    integrationId: await idOf("integration"),
    ruleId: await idOf("alert_rule"),
    alertId: await idOf("alert"),
    noticeId: await idOf("notice"),
    loadId: await idOf("announced_load"),
    domainId: await idOf("account_domain"),
    endpointId: await idOf("webhook_endpoint"),
    requestId: await idOf("limit_request"),
  };
  const named = (name: string) => actions.filter((one) => one.name === name);
  for (const action of [...named("test"), ...named("submitAppealAction")]) {
    expect(await post(request, action, { ...onTheirs, ids }), action.name).toMatchObject({ code: "ok" });
  }
  ids.deliveryId = await idOf("webhook_delivery");
  ids.appealId = await idOf("appeal");
  ids.actionId = await noticeBy(theirs.accountId);
  expect(Object.entries(ids).filter(([, id]) => id === "")).toEqual([]);

  await context.clearCookies();
  const own = await ownAccount(context, "Meddling Ltd");
  const before = await allOf(theirs.accountId);
  for (const action of actions) {
    const foreign = await post(request, action, { on: own.slug, account: theirs.slug, ids });
    expect(foreign.code, `${action.name} in their account`).toBe("not_found");
    if (!namesThing(action)) continue;
    const mixed = await post(request, action, { on: own.slug, account: own.slug, ids });
    // An id that only narrows a list of one's own finds nothing in it; that nothing was done is seen below.
    const narrows = action.name === "seeAlertsAction";
    expect.soft(mixed.code, `${action.name} with their ids`).toBe(narrows ? "ok" : "not_found");
    expect(foreign.text + mixed.text, action.name).not.toMatch(/(gth|whsec)_[0-9A-Za-z+/]{20}/);
  }
  expect(await allOf(theirs.accountId)).toEqual(before);
  const traces = await database().db.execute(
    sql`select action from audit_event where account_id = ${theirs.accountId} and actor_user_id = ${own.owner.userId}`,
  );
  expect([...traces]).toEqual([]);

  // The same forms do it for their owner, what takes away last: none was refused for being wrong.
  await context.clearCookies();
  await signIn(context, theirs.owner);
  const isEnd = ({ name }: OwnerAction) => /^(delete|remove|revoke|archive|withdraw|cancel)/.test(name);
  const things = actions.filter(namesThing);
  for (const action of [...things.filter((one) => !isEnd(one)), ...things.filter(isEnd)]) {
    const { code } = await post(request, action, { ...onTheirs, ids });
    expect.soft(["ok", "conflict", "rate_limited"], `${action.name}: ${code}`).toContain(code);
  }
});

/** Staff give the account notice; returns the action's id. */
async function noticeBy(accountId: string): Promise<string> {
  const staff = await makePerson("Lee Lead");
  await addStaff(staff, "lead");
  const actor = {
    kind: "staff" as const,
    userId: staff.userId,
    sessionId: crypto.randomUUID(),
    name: staff.name,
    role: "lead" as const,
  };
  const ctx = { actor, db: database().db, now: new Date(), requestId: crypto.randomUUID(), ip: null, userAgent: null };
  const { actionId } = await imposeAction(ctx, {
    type: "notice",
    accountId,
    reasonCode: "rate_excess",
    publicText: "Your client goes beyond its limit.",
    internalNote: "A first word.",
  });
  return actionId;
}
