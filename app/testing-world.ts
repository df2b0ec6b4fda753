import { desc, eq } from "drizzle-orm";
import { createAlertRule } from "#core/alerts/create-alert-rule.ts";
import { submitAppeal } from "#core/appeals/submit-appeal.ts";
import { claimCase } from "#core/cases/claim-case.ts";
import { listCases } from "#core/cases/list-cases.ts";
import { announceLoad } from "#core/detection/announce-load.ts";
import { recordSignals } from "#core/detection/record-signals.ts";
import { imposeAction } from "#core/enforcement/impose-action.ts";
import { imposeBatch } from "#core/enforcement/impose-batch.ts";
import { type Ctx, jobCtx } from "#core/frame/context.ts";
import { createIntegration } from "#core/integrations/create-integration.ts";
import { inviteMember } from "#core/invitations/invite.ts";
import { askForLimit } from "#core/limit-requests/ask-for-limit.ts";
import { queueMail } from "#core/mail/queue-mail.ts";
import { createEndpoint as createApiEndpoint } from "#core/provider/change-endpoint.ts";
import { createPlan } from "#core/provider/change-plan.ts";
import { submitReport } from "#core/reports/submit-report.ts";
import { takeReport } from "#core/reports/take-report.ts";
import { addAccountDomain } from "#core/single-sign-on/account-domains.ts";
import { proposeSecondStepRemoval } from "#core/staff/remove-second-step.ts";
import { probingSignal, staffCtx } from "#core/testing.ts";
import { createToken } from "#core/tokens/create-token.ts";
import { rotateToken } from "#core/tokens/rotate-token.ts";
import { createEndpoint } from "#core/webhooks/create-endpoint.ts";
import { flag, report } from "#db/schema/abuse.ts";
import { user } from "#db/schema/auth.ts";
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
export type Story = (world: World) => Promise<Record<string, unknown>>;

let serial = 0;
/** Another number each time, for what must be unique. */
export const next = () => serial++;
const hour = 3_600_000;
export const inHours = (ctx: Ctx, hours: number) => new Date(ctx.now.getTime() + hours * hour).toISOString();

export const facts = {
  reasonCode: "rate_excess" as const,
  publicText: "Your client kept calling after 429.",
  internalNote: "Third time this month.",
};
export const integration = {
  ...{ name: "Newsletter", purpose: "Sends mail", contactEmail: "privacy@example.com" },
  ...{ privacyPolicyUrl: null, dataCollected: [] },
};
export const hook = {
  ...{ url: "https://hooks.example.com/gatehouse", description: "", events: ["token.leaked" as const] },
};
export const appeal = {
  cause: "A cron job without back-off called on.",
  changed: "It waits as long as Retry-After says.",
  prevention: "The client library does it for all jobs now.",
};

export const aToken = async ({ owner }: World) =>
  (await createToken(owner, { name: "cron", scopes: ["email:send"] })).tokenId;
export const rotated = async (world: World) => {
  const tokenId = await aToken(world);
  await rotateToken(world.owner, { tokenId, overlapHours: 24 });
  return tokenId;
};
export const anIntegration = async ({ owner }: World) => (await createIntegration(owner, integration)).id;
export const anInvitation = async ({ owner }: World) =>
  (await inviteMember(owner, { email: `new.${next()}@example.com`, role: "viewer" })).id;
export const aHook = async ({ owner }: World) => (await createEndpoint(owner, hook)).endpointId;
export const throttled = async ({ accountId, lead }: World, more = {}) =>
  (await imposeAction(lead, { accountId, type: "throttle", factor: 0.5, durationHours: 24, ...facts, ...more }))
    .actionId;
export const appealed = async (world: World) =>
  (await submitAppeal(world.owner, { actionId: await throttled(world), ...appeal })).appealId;
export const aLoad = async ({ owner }: World) => {
  const when = { startsAt: inHours(owner, 24), endsAt: inHours(owner, 30) };
  return (await announceLoad(owner, { ...when, reason: "Yearly sale." })).loadId;
};
export const limitToAskFor = { kind: "quota" as const, value: 900_000_000, reason: "A yearly sale of a week." };
export const aLimitRequest = async ({ owner }: World) => (await askForLimit(owner, limitToAskFor)).requestId;
export const batchOf = ({ accountId }: World) => ({
  accountIds: [accountId],
  type: "suspension" as const,
  durationHours: 24,
  ...facts,
});
export const aBatch = async (world: World) => (await imposeBatch(world.lead, batchOf(world))).batchId;
export const waitingBatch = async (world: World) => {
  const forGood = { ...batchOf(world), durationHours: undefined, forGood: true };
  return (await imposeBatch(world.lead, forGood)).batchId;
};
export const failedMail = async ({ admin, accountId }: World) => {
  const to = { address: "gone@example.com", userId: null };
  const content = { subject: "Notice", paragraphs: ["Read this."], footer: "You are an owner." };
  const mailId = await queueMail(admin, { kind: "notice", to, accountId, content });
  await admin.db.update(mail).set({ state: "failed", lastError: "550 no such user" }).where(eq(mail.id, mailId));
  return mailId;
};
export const aCase = async ({ accountId, admin }: World) => {
  await recordSignals(jobCtx(admin.db, "Detectors", admin.now), { accountId, signals: [probingSignal(accountId)] });
  const found = (await listCases(admin, { limit: 500 })).cases.find((one) => one.accountId === accountId);
  if (!found) throw new Error("no case");
  return found.id;
};
export const userIdOf = ({ actor }: Ctx) => ("userId" in actor ? actor.userId : "");
export const aPlan = async ({ admin }: World) => createPlan(admin, { name: `Scale ${next()}`, quotaPerDay: 1_000 });
export const anEndpoint = async ({ admin }: World) => {
  const name = `domains.verify${next()}`;
  return createApiEndpoint(admin, { name, surface: "http", method: "POST", path: `/v1/${name}`, rateLimit: 30 });
};

export const aDomain = async ({ owner }: World) => (await addAccountDomain(owner, { domain: "acme.example" })).domainId;
export const quotaRule = { kind: "quota" as const, thresholdPercent: 80, cooldownSeconds: 3_600 };
export const aRule = async ({ owner }: World) => (await createAlertRule(owner, quotaRule)).id;
export const claimed = async (world: World) => {
  const caseId = await aCase(world);
  await claimCase(world.admin, { caseId, version: 1 });
  return caseId;
};
export const aFlag = async (world: World) => {
  await aCase(world);
  const [found] = await world.admin.db.select({ id: flag.id }).from(flag).where(eq(flag.accountId, world.accountId));
  return found?.id;
};
export const abuseReport = { about: "A sender", body: "They write to me uninvited." };
export const aReport = async ({ admin }: World) => {
  const visitor = { ...admin, actor: { kind: "visitor" as const } };
  await submitReport(visitor, { kind: "abuse", about: `sender ${next()}`, body: "They write to me uninvited." });
  const [made] = await admin.db.select({ id: report.id }).from(report).orderBy(desc(report.createdAt)).limit(1);
  return made?.id ?? "";
};
export const takenReport = async (world: World) => {
  const reportId = await aReport(world);
  await takeReport(world.admin, { reportId, version: 1 });
  return { reportId, version: 2 };
};

/** Somebody with a second step, who is nobody else's in a story. */
export const aPerson = async ({ admin }: World) => {
  const values = {
    email: `person.${next()}@example.com`,
    name: "Pat",
    emailVerifiedAt: admin.now,
    totpSince: admin.now,
  };
  const [made] = await admin.db.insert(user).values(values).returning({ id: user.id });
  return made?.id ?? "";
};
/** Proposed by somebody else than who acts in the stories. */
export const aRemoval = async (world: World) => {
  const userId = await aPerson(world);
  const other = await staffCtx(world.admin.db, "admin", undefined, world.admin.now);
  return (await proposeSecondStepRemoval(other, { userId, reason: "Lost their phone." })).removalId;
};
