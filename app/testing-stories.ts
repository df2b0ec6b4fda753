import { desc, eq } from "drizzle-orm";
import { announceLoad } from "#core/abuse/announce-load.ts";
import { addReference, listReferences } from "#core/abuse/case-references.ts";
import { draftDetector } from "#core/abuse/change-detector.ts";
import { claimCase } from "#core/abuse/claim-case.ts";
import { listCases } from "#core/abuse/list-cases.ts";
import { recordSignals } from "#core/abuse/record-signals.ts";
import { snoozeCase } from "#core/abuse/work-case.ts";
import { addOverride } from "#core/accounts/override-limit.ts";
import { createAlertRule } from "#core/alerts/create-alert-rule.ts";
import { submitAppeal } from "#core/appeals/submit-appeal.ts";
import { type Ctx, jobCtx } from "#core/context.ts";
import { imposeAction } from "#core/enforcement/impose-action.ts";
import { imposeBatch } from "#core/enforcement/impose-batch.ts";
import { createCredential } from "#core/gates/create-credential.ts";
import { createIntegration } from "#core/integrations/create-integration.ts";
import { inviteMember } from "#core/invitations/invite.ts";
import { queueMail } from "#core/mail/queue-mail.ts";
import { createEndpoint as createApiEndpoint } from "#core/provider/change-endpoint.ts";
import { createPlan } from "#core/provider/change-plan.ts";
import { submitReport } from "#core/reports/submit-report.ts";
import { takeReport } from "#core/reports/work-report.ts";
import { createToken } from "#core/tokens/create-token.ts";
import { pauseToken } from "#core/tokens/pause-token.ts";
import { rotateToken } from "#core/tokens/rotate-token.ts";
import { createEndpoint } from "#core/webhooks/create-endpoint.ts";
import { disableEndpoint } from "#core/webhooks/edit-endpoint.ts";
import { sendTestEvent } from "#core/webhooks/send-test-event.ts";
import { flag, report } from "#db/schema/abuse.ts";
import { notice } from "#db/schema/enforcement.ts";
import { mail } from "#db/schema/mail.ts";

/** For tests only: what each command is about, made anew, with a valid input to it. */

export type World = {
  accountId: string;
  owner: Ctx;
  /** Another member of the account. */
  viewer: Ctx;
  admin: Ctx;
  /** A second person of the staff. */
  lead: Ctx;
};
type Story = (world: World) => Promise<Record<string, unknown>>;

let serial = 0;
const hour = 3_600_000;
const inHours = (ctx: Ctx, hours: number) => new Date(ctx.now.getTime() + hours * hour).toISOString();

const facts = {
  reasonCode: "rate_excess" as const,
  publicText: "Your client kept calling after 429.",
  internalNote: "Third time this month.",
};
const integration = { name: "Newsletter", purpose: "Sends mail", contactEmail: "privacy@example.com" };
const hook = { url: "https://hooks.example.com/gatehouse", events: ["token.leaked" as const] };
const appeal = {
  cause: "A cron job without back-off called on.",
  changed: "It waits as long as Retry-After says.",
  prevention: "The client library does it for all jobs now.",
};

const aToken = async ({ owner }: World) => (await createToken(owner, { name: "cron", scopes: ["email:send"] })).tokenId;
const rotated = async (world: World) => {
  const tokenId = await aToken(world);
  await rotateToken(world.owner, { tokenId, overlapHours: 24 });
  return tokenId;
};
const anIntegration = async ({ owner }: World) => (await createIntegration(owner, integration)).id;
const anInvitation = async ({ owner }: World) =>
  (await inviteMember(owner, { email: `new.${serial++}@example.com`, role: "viewer" })).id;
const aHook = async ({ owner }: World) => (await createEndpoint(owner, hook)).endpointId;
const throttled = async ({ accountId, lead }: World, more = {}) =>
  (await imposeAction(lead, { accountId, type: "throttle", factor: 0.5, durationHours: 24, ...facts, ...more }))
    .actionId;
const appealed = async (world: World) =>
  (await submitAppeal(world.owner, { actionId: await throttled(world), ...appeal })).appealId;
const aLoad = async ({ owner }: World) => {
  const when = { startsAt: inHours(owner, 24), endsAt: inHours(owner, 30) };
  return (await announceLoad(owner, { ...when, reason: "Yearly sale." })).loadId;
};
const batchOf = ({ accountId }: World) => ({
  accountIds: [accountId],
  type: "suspension" as const,
  durationHours: 24,
  ...facts,
});
const aBatch = async (world: World) => (await imposeBatch(world.lead, batchOf(world))).batchId;
const waitingBatch = async (world: World) => {
  const forGood = { ...batchOf(world), durationHours: undefined, forGood: true };
  return (await imposeBatch(world.lead, forGood)).batchId;
};
const failedMail = async ({ admin, accountId }: World) => {
  const to = { address: "gone@example.com", userId: null };
  const content = { subject: "Notice", paragraphs: ["Read this."], footer: "You are an owner." };
  const mailId = await queueMail(admin, { kind: "notice", to, accountId, content });
  await admin.db.update(mail).set({ state: "failed", lastError: "550 no such user" }).where(eq(mail.id, mailId));
  return mailId;
};
const aCase = async ({ accountId, admin }: World) => {
  const about = { detector: "probing", detectorVersion: 1, scope: "account" as const, scopeId: accountId };
  const signal = { ...about, severity: 2, magnitude: 40, summary: "40 refused paths", evidence: {} };
  await recordSignals(jobCtx(admin.db, "Detectors", admin.now), { accountId, signals: [signal] });
  const found = (await listCases(admin, {})).find((one) => one.accountId === accountId);
  if (!found) throw new Error("no case");
  return found.id;
};
const userIdOf = ({ actor }: Ctx) => ("userId" in actor ? actor.userId : "");
const aPlan = async ({ admin }: World) => createPlan(admin, { name: `Scale ${serial++}`, quotaPerDay: 1_000 });
const anEndpoint = async ({ admin }: World) => {
  const name = `domains.verify${serial++}`;
  return createApiEndpoint(admin, { name, surface: "http", method: "POST", path: `/v1/${name}`, rateLimit: 30 });
};

const quotaRule = { kind: "quota" as const, thresholdPercent: 80, cooldownSeconds: 3_600 };
const aRule = async ({ owner }: World) => (await createAlertRule(owner, quotaRule)).id;
const claimed = async (world: World) => {
  const caseId = await aCase(world);
  await claimCase(world.admin, { caseId, version: 1 });
  return caseId;
};
const aFlag = async (world: World) => {
  await aCase(world);
  const [found] = await world.admin.db.select({ id: flag.id }).from(flag).where(eq(flag.accountId, world.accountId));
  return found?.id;
};
const abuseReport = { about: "A sender", body: "They write to me uninvited." };
const aReport = async ({ admin }: World) => {
  const visitor = { ...admin, actor: { kind: "visitor" as const } };
  await submitReport(visitor, { kind: "abuse", about: `sender ${serial++}`, body: "They write to me uninvited." });
  const [made] = await admin.db.select({ id: report.id }).from(report).orderBy(desc(report.createdAt)).limit(1);
  return made?.id ?? "";
};
const takenReport = async (world: World) => {
  const reportId = await aReport(world);
  await takeReport(world.admin, { reportId, version: 1 });
  return { reportId, version: 2 };
};

/** By the id of the call. */
export const stories: Record<string, Story> = {
  "alerts.createRule": async () => quotaRule,
  "alerts.changeRule": async (world) => ({ ruleId: await aRule(world), cooldownSeconds: 7_200 }),
  "alerts.deleteRule": async (world) => ({ ruleId: await aRule(world) }),
  "alerts.test": async () => ({}),
  "standing.selfCure": async () => ({ text: "The client waits as long as Retry-After says." }),
  "staff.accounts.plan": async (world) => ({ accountId: world.accountId, planId: (await aPlan(world)).planId }),
  "staff.accounts.protect": async ({ accountId }) => ({ accountId, isProtected: "true" }),
  "staff.overrides.add": async ({ accountId }) => ({
    accountId,
    kind: "quota",
    value: 500_000,
    reason: "Yearly sale.",
  }),
  "staff.overrides.end": async ({ accountId, lead }) =>
    addOverride(lead, { accountId, kind: "quota", value: 500_000, reason: "Yearly sale." }),
  "staff.batches.impose": async (world) => batchOf(world),
  "staff.batches.approve": async (world) => ({ batchId: await waitingBatch(world) }),
  "staff.batches.undo": async (world) => ({ batchId: await aBatch(world), reason: "The campaign was not theirs." }),
  "staff.mail.resend": async (world) => ({ mailId: await failedMail(world) }),
  "staff.mail.resendFailed": async (world) => {
    await failedMail(world);
    return {};
  },
  "staff.cases.release": async (world) => ({ caseId: await claimed(world), version: 2 }),
  "staff.cases.handOver": async (world) => ({
    caseId: await claimed(world),
    version: 2,
    toUserId: userIdOf(world.lead),
  }),
  "staff.cases.snooze": async (world) => ({ caseId: await claimed(world), version: 2, hours: 24 }),
  "staff.cases.wake": async (world) => {
    const caseId = await claimed(world);
    await snoozeCase(world.admin, { caseId, version: 2, hours: 24 });
    return { caseId, version: 3 };
  },
  "staff.cases.escalate": async (world) => ({ caseId: await claimed(world), version: 2, text: "Who knows them?" }),
  "staff.cases.waitForOwner": async (world) => ({ caseId: await claimed(world), version: 2 }),
  "staff.references.add": async (world) => ({ caseId: await aCase(world), label: "SUP-1042" }),
  "staff.references.remove": async (world) => {
    const caseId = await aCase(world);
    await addReference(world.admin, { caseId, label: "SUP-1042" });
    return { referenceId: (await listReferences(world.admin, { caseId }))[0]?.id };
  },
  "staff.flags.mute": async (world) => ({ flagId: await aFlag(world), days: 7, reason: "Known migration." }),
  "staff.appeals.take": async (world) => ({ appealId: await appealed(world) }),
  "staff.appeals.decide": async (world) => ({
    appealId: await appealed(world),
    version: 1,
    decision: "granted",
    text: "The traffic came from our own test.",
  }),
  "staff.reports.take": async (world) => ({ reportId: await aReport(world), version: 1 }),
  "staff.reports.join": async (world) => ({ ...(await takenReport(world)), accountId: world.accountId, severity: 2 }),
  "staff.reports.close": async (world) => ({ ...(await takenReport(world)), outcome: "Not one of our customers." }),
  "staff.detectors.draft": async () => ({ detector: "probing", mode: "shadow", note: "Too many at night." }),
  "staff.detectors.publish": async ({ admin }) => {
    const { number } = await draftDetector(admin, { detector: "probing", mode: "shadow", note: "Too many at night." });
    return { detector: "probing", number };
  },
  "staff.heldFlags.decide": async () => ({ detector: "spike", isOurs: "true" }),
  "staff.credentials.create": async () => ({ name: "edge-1" }),
  "staff.credentials.revoke": async ({ admin }) => ({
    credentialId: (await createCredential(admin, { name: "edge-1" })).id,
  }),
  "tokens.create": async () => ({ name: "cron", scopes: ["email:send"], capPerDay: 100 }),
  "tokens.update": async (world) => ({ tokenId: await aToken(world), name: "renamed", scopes: [], version: 1 }),
  "tokens.pause": async (world) => ({ tokenId: await aToken(world) }),
  "tokens.unpause": async (world) => {
    const tokenId = await aToken(world);
    await pauseToken(world.owner, { tokenId });
    return { tokenId };
  },
  "tokens.rotate": async (world) => ({ tokenId: await aToken(world), overlapHours: 48 }),
  "tokens.extendOverlap": async (world) => ({ tokenId: await rotated(world), overlapHours: 72 }),
  "tokens.retireOld": async (world) => ({ tokenId: await rotated(world) }),
  "tokens.revoke": async (world) => ({ tokenId: await aToken(world), reason: "not needed" }),
  "notices.acknowledge": async (world) => {
    const actionId = await throttled(world);
    const [sent] = await world.owner.db.select({ id: notice.id }).from(notice).where(eq(notice.actionId, actionId));
    return { noticeId: sent?.id };
  },
  "members.invite": async () => ({ email: `jonas.${serial++}@example.com`, role: "developer" }),
  "members.revokeInvitation": async (world) => ({ invitationId: await anInvitation(world) }),
  "members.changeRole": async ({ viewer }) => ({ userId: userIdOf(viewer), role: "developer" }),
  "members.remove": async ({ viewer }) => ({ userId: userIdOf(viewer) }),
  "appeals.submit": async (world) => ({ actionId: await throttled(world), ...appeal }),
  "appeals.write": async (world) => ({ appealId: await appealed(world), text: "The new version is out." }),
  "appeals.withdraw": async (world) => ({ appealId: await appealed(world) }),
  "loads.announce": async ({ owner }) => ({
    startsAt: inHours(owner, 24),
    endsAt: inHours(owner, 30),
    reason: "Yearly sale.",
  }),
  "loads.cancel": async (world) => ({ loadId: await aLoad(world) }),
  "integrations.create": async () => integration,
  "integrations.update": async (world) => ({
    integrationId: await anIntegration(world),
    ...integration,
    name: "Other",
  }),
  "integrations.checkPolicy": async ({ owner }) => {
    const told = { ...integration, privacyPolicyUrl: "https://example.com/privacy" };
    return { integrationId: (await createIntegration(owner, told)).id };
  },
  "integrations.archive": async (world) => ({ integrationId: await anIntegration(world) }),
  "webhooks.create": async () => hook,
  "webhooks.update": async (world) => ({ endpointId: await aHook(world), ...hook, description: "Billing" }),
  "webhooks.disable": async (world) => ({ endpointId: await aHook(world) }),
  "webhooks.enable": async (world) => {
    const endpointId = await aHook(world);
    await disableEndpoint(world.owner, { endpointId });
    return { endpointId };
  },
  "webhooks.rotateSecret": async (world) => ({ endpointId: await aHook(world), overlapHours: 24 }),
  "webhooks.test": async (world) => ({ endpointId: await aHook(world) }),
  "webhooks.delete": async (world) => ({ endpointId: await aHook(world) }),
  "webhooks.resend": async (world) => {
    const { deliveryId } = await sendTestEvent(world.owner, { endpointId: await aHook(world) });
    return { deliveryId };
  },
  "reports.abuse": async () => abuseReport,
  "reports.vulnerability": async () => abuseReport,
  "intake.leakedToken": async ({ owner }) => ({ token: (await createToken(owner, { name: "leaked" })).secret }),
  "staff.accounts.open": async () => ({
    name: `Northwind ${serial++}`,
    plan: "Starter",
    email: `mara.${serial}@example.com`,
  }),
  "staff.cases.claim": async (world) => ({ caseId: await aCase(world), version: 1 }),
  "staff.cases.note": async (world) => ({ caseId: await aCase(world), text: "Asked the owner by phone." }),
  "staff.cases.close": async (world) => ({ caseId: await claimed(world), version: 2, outcome: "no_abuse" }),
  "staff.flags.dismiss": async (world) => ({ flagId: await aFlag(world), reason: "expected_load" }),
  "staff.actions.impose": async ({ accountId }) => ({ accountId, type: "suspension", durationHours: 24, ...facts }),
  "staff.actions.approve": async ({ accountId, lead }) => {
    const proposed = await imposeAction(lead, { accountId, type: "suspension", forGood: true, ...facts });
    return { actionId: proposed.actionId };
  },
  "staff.actions.cancel": async (world) => ({
    actionId: await throttled(world, { effectiveAt: inHours(world.lead, 24) }),
    reason: "Proposed by mistake.",
  }),
  "staff.actions.lift": async (world) => ({ actionId: await throttled(world), reason: "The client was fixed." }),
  "staff.plans.create": async () => ({ name: `Plan ${serial++}`, quotaPerDay: 1_000_000 }),
  "staff.plans.update": async (world) => {
    const { planId } = await aPlan(world);
    return { planId, version: 1, name: `Scale ${serial++}`, quotaPerDay: 2_000 };
  },
  "staff.plans.limit": async (world) => {
    const [{ planId }, { endpointId }] = [await aPlan(world), await anEndpoint(world)];
    return { planId, endpointId, version: 1, rateLimit: 240 };
  },
  "staff.import.openapi": async () => {
    const paths = { [`/v1/imported${serial++}`]: { get: {} } };
    return { document: JSON.stringify({ openapi: "3.1.0", paths }), rateLimit: 30 };
  },
  "staff.endpoints.create": async () => {
    const name = `domains.check${serial++}`;
    return { name, surface: "http", method: "POST", path: `/v1/${name}`, rateLimit: 30 };
  },
  "staff.endpoints.update": async (world) => {
    const { endpointId } = await anEndpoint(world);
    return { endpointId, version: 1, rateLimit: 60, windowSeconds: 60, cost: 1 };
  },
};
