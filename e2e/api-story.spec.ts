import { execFileSync } from "node:child_process";
import { holdAgainstDocument } from "#core/api/testing.ts";
import { tokenScopes } from "#core/frame/permissions.ts";
import { createKey } from "#core/staff-keys/create-key.ts";
import { ctxOf } from "#core/testing.ts";
import { createToken } from "#core/tokens/create-token.ts";
import { isDangerousToken } from "#core/tokens/token-input.ts";
import { Api } from "./generated/api-client.ts";
import { running } from "./running.ts";
import { addMember, addStaff, database, makeAccount, makePerson } from "./sign-in.ts";
import { expect, test } from "./test.ts";

/**
 * The main job again, by REST alone: the client generated from the document, and curl. Only the first token and the keys are made by
 * people. A program watches and pauses a token; the person works the case and suspends with a key of their own.
 */
test("from token to suspension and back, by REST", async () => {
  test.setTimeout(120_000);
  const base = `${running().webUrl}/api/v1`;
  const account = await makeAccount("Rest Story");
  const person = await makePerson("Rest Owner");
  await addMember(account.accountId, person, "owner");
  const leadPerson = await makePerson("Rest Lead");
  await addStaff(leadPerson, "lead");
  const { accountId } = account;
  const ids = { sessionId: crypto.randomUUID(), name: "Rest" };
  const now = new Date();
  const member = ctxOf(database().db, { kind: "member", ...ids, userId: person.userId, accountId, role: "owner" }, now);
  const staff = ctxOf(
    database().db,
    { kind: "staff", ...ids, sessionId: null, userId: leadPerson.userId, role: "lead" },
    now,
  );
  // The rest would ask for a password, which only a session of a person has.
  const given = tokenScopes.filter((scope) => !isDangerousToken({ scopes: [scope] }));
  const automation = await createToken(member, { name: "automation", scopes: given });
  const scopes = ["staff:cases:read", "staff:actions:read", "staff:actions:impose", "staff:actions:lift"];
  const key = await createKey(staff, { name: "on-call bot", scopes });
  const own = await createKey(staff, {
    name: "terminal",
    kind: "personal",
    scopes: [...scopes, "staff:cases:work", "staff:audit:read"],
  });
  const clientFor = (secret: string) =>
    new Api<string>({
      baseUrl: base,
      customFetch: heldFetch,
      baseApiParams: { secure: true },
      securityWorker: () => ({ headers: { authorization: `Bearer ${secret}` } }),
    });
  const owner = clientFor(automation.secret);
  const desk = clientFor(key.secret);
  const lead = clientFor(own.secret);

  const { data: made } = await owner.tokens.tokensCreate({ name: "billing-cron", scopes: ["email:send"] });
  expect(made.secret).toMatch(/^gth_/);
  for (let n = 0; n < 3; n += 1) expect((await ask(made.secret)).code).toBe("allowed");
  await expect
    .poll(async () => (await owner.quota.usageQuota()).data.used, { message: "the quota moves within two seconds" })
    .toBe(3);

  const answers = await Promise.all(Array.from({ length: 400 }, () => ask(made.secret)));
  expect(answers.filter((answer) => answer.code === "allowed")).toHaveLength(117);
  await expect
    .poll(async () => (await owner.refusals.usageRefusals({ limit: 1 })).data.data[0])
    .toMatchObject({ code: "rate_limited", tokenName: "billing-cron", path: "/v1/email" });

  const caseOf = async () =>
    (await desk.staff.staffCasesList({ search: "Rest Story" })).data.data.find((one) => one.accountId === accountId);
  await expect.poll(caseOf, { timeout: 30_000 }).toBeTruthy();
  const found = await caseOf();
  if (!found) throw new Error("no case");
  const { data: opened } = await desk.staff.staffCasesGet(found.id);
  expect(opened.flags[0]?.detector).toBe("rate_excess");
  await lead.staff.staffCasesClaim(found.id, { version: opened.version });

  const terms = {
    accountId,
    caseId: found.id,
    reasonCode: "rate_excess" as const,
    publicText: "Your client kept calling after 429. Respect Retry-After, then write to us.",
    internalNote: "By the on-call bot.",
  };
  const suspended = await desk.staff
    .staffActionsImpose({ ...terms, type: "suspension", durationHours: 24 })
    .catch((answer: { status: number; error: { detail: string } }) => answer);
  expect(suspended, "a program suspends nobody").toMatchObject({
    status: 422,
    error: { detail: "An automation key never imposes a suspension. A person decides it." },
  });
  const { data: paused } = await desk.staff.staffActionsImpose({
    ...terms,
    type: "token_pause",
    tokenId: made.id,
    durationHours: 24,
  });
  await expect.poll(async () => (await ask(made.secret)).code).toBe("token_paused");
  const actionOf = async (id: string) =>
    (await desk.staff.staffActionsList({ accountId })).data.data.find((one) => one.id === id);
  await expect.poll(async () => (await actionOf(paused.actionId))?.confirmedAt).toBeTruthy();

  const curl = (...args: string[]) => execFileSync("curl", ["-s", ...args], { encoding: "utf8" });
  const lift = (actionId: string, secret: string) =>
    curl(
      ...["-o", "/dev/null", "-w", "%{http_code}", "-X", "POST", `${base}/staff/actions/${actionId}/lift`],
      ...["-H", `Authorization: Bearer ${secret}`, "-H", "Content-Type: application/json"],
      ...["-H", `Idempotency-Key: lift-${actionId}`, "-d", '{"reason":"The customer fixed the cron job."}'],
    );
  expect(lift(paused.actionId, key.secret)).toBe("204");
  expect(lift(paused.actionId, key.secret), "the same key gets the same answer").toBe("204");

  const { data: imposed } = await lead.staff.staffActionsImpose({ ...terms, type: "suspension", durationHours: 24 });
  await expect.poll(async () => (await ask(made.secret)).code).toBe("account_suspended");
  await expect.poll(async () => (await actionOf(imposed.actionId))?.confirmedAt).toBeTruthy();

  const { data: standing } = await owner.standing.standingGet();
  expect(standing.standing).toBe("suspended");
  expect(standing.actions.map((one) => one.statement?.reasonCode)).toEqual(["rate_excess", "rate_excess"]);
  const refused = await owner.tokens
    .tokensCreate({ name: "one more" })
    .catch((error: { status: number; error: unknown }) => error);
  expect(refused).toMatchObject({ status: 403, error: { code: "account_suspended" } });

  expect(lift(imposed.actionId, key.secret), "a program lifts only its own").toBe("403");
  expect(lift(imposed.actionId, own.secret)).toBe("204");
  await expect
    .poll(async () => (await ask(made.secret, { method: "GET", path: "/v1/api-quota" })).code)
    .toBe("allowed");
  const after = curl(`${base}/standing`, "-H", `Authorization: Bearer ${automation.secret}`);
  expect(JSON.parse(after)).toMatchObject({ standing: "good" });

  expect(held, "every answer of the story was held against the document").toBeGreaterThan(11);
  const { data: log } = await owner.audit.auditList({ limit: 100 });
  const actions = log.data.map((event) => event.action);
  expect(actions).toEqual(expect.arrayContaining(["token.create", "action.apply", "action.lift"]));
  expect(actions.filter((action) => /^(flag|case)[.]/.test(action))).toEqual([]);
  const { data: whole } = await lead.audit.auditList({ accountId, limit: 100 });
  const steps = whole.data.map((event) => event.action);
  expect(steps).toEqual(expect.arrayContaining(["flag.open", "case.claim"]));
  const liftedBy = (events: typeof log.data) => events.find((event) => event.action === "action.lift");
  expect(liftedBy(whole.data)).toMatchObject({ actorKind: "staff_key", actorName: "Rest Lead (key terminal)" });
  expect(liftedBy(log.data), "names of staff stay with the provider").toMatchObject({ actorName: "The provider" });
});

let held = 0;

/** Lets a request through to the server and throws when what comes back departs from the published document. */
const heldFetch: typeof fetch = async (input, init) => {
  const response = await fetch(input, init);
  const text = await response.clone().text();
  const { pathname } = new URL(response.url);
  const isJson = /json/.test(response.headers.get("content-type") ?? "");
  const body = isJson ? (JSON.parse(text) as Record<string, unknown>) : {};
  const { status, headers } = response;
  holdAgainstDocument(init?.method ?? "GET", pathname.replace("/api/v1", ""), { status, headers, text, body });
  held += 1;
  return response;
};

/** Asks the gate as a client's gateway would. */
async function ask(token: string, request = { method: "POST", path: "/v1/email" }): Promise<{ code: string }> {
  const response = await fetch(`${running().gateUrl}/v1/verify`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ token, ip: "203.0.113.9", user_agent: "billing/1.0", ...request }),
  });
  expect(response.status).toBe(200);
  return (await response.json()) as { code: string };
}
