import { closeAccount } from "#core/accounts/close-account.ts";
import { addOverride } from "#core/accounts/override-limit.ts";
import { addReference, listReferences } from "#core/cases/case-references.ts";
import { muteFlag } from "#core/cases/mute-flag.ts";
import { snoozeCase } from "#core/cases/work-case.ts";
import { draftDetector } from "#core/detection/change-detector.ts";
import { addSetting } from "#core/detection/detector-settings.ts";
import { imposeAction } from "#core/enforcement/impose-action.ts";
import { createCredential } from "#core/gateways/create-credential.ts";
import { saveInvestigation } from "#core/investigate/investigation-views.ts";
import { getPathRules } from "#core/provider/path-rules.ts";
import { addProvider } from "#core/single-sign-on/configure.ts";
import { blockPerson } from "#core/staff/block-person.ts";
import { aSpareAdmin, issuerSettings } from "./testing-issuer.ts";
import {
  aBatch,
  aCase,
  aDomain,
  aFlag,
  aLimitRequest,
  anEndpoint,
  aPerson,
  aPlan,
  appealed,
  aRemoval,
  aReport,
  batchOf,
  claimed,
  facts,
  failedMail,
  inHours,
  next,
  type Story,
  takenReport,
  throttled,
  userIdOf,
  waitingBatch,
} from "./testing-world.ts";

/** For tests only: a valid input to each command, with what it is about made anew. */

const reason = "Asked for by the owner.";

/** What staff do, by the id of the call. */
export const staffStories: Record<string, Story> = {
  "staff.people.block": async (world) => ({ userId: await aPerson(world), reason }),
  "staff.people.unblock": async (world) => {
    const userId = await aPerson(world);
    await blockPerson(world.admin, { userId, reason });
    return { userId, reason };
  },
  "staff.people.signOut": async (world) => ({ userId: await aPerson(world), reason }),
  "staff.people.proposeSecondStepRemoval": async (world) => ({ userId: await aPerson(world), reason }),
  "staff.people.approveSecondStepRemoval": async (world) => ({ removalId: await aRemoval(world) }),
  "staff.people.withdrawSecondStepRemoval": async (world) => ({ removalId: await aRemoval(world) }),
  "staff.accounts.setExternalId": async ({ accountId }) => ({ accountId, externalId: `check${next()}` }),
  "staff.accounts.close": async ({ accountId }) => ({ accountId, reason: "Contract ended." }),
  "staff.accounts.reopen": async ({ admin, accountId }) => {
    await closeAccount(admin, { accountId, reason: "Contract ended." });
    return { accountId, reason: "Contract renewed." };
  },
  "staff.accounts.erase": async ({ admin, accountId }) => {
    await closeAccount(admin, { accountId, reason: "Contract ended." });
    return { accountId, isImmediate: "true" };
  },
  "staff.accounts.plan": async (world) => ({ accountId: world.accountId, planId: (await aPlan(world)).planId }),
  "staff.accounts.private_networks": async ({ accountId }) => ({ accountId, reachesPrivateNetworks: "true" }),
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
  "staff.flags.unmute": async (world) => {
    const flagId = await aFlag(world);
    await muteFlag(world.admin, { flagId: flagId ?? "", days: 7, reason: "Known migration." });
    return { flagId, reason: "The migration is over." };
  },
  "staff.appeals.take": async (world) => ({ appealId: await appealed(world) }),
  "staff.appeals.decide": async (world) => ({
    appealId: await appealed(world),
    version: 1,
    decision: "granted",
    text: "The traffic came from our own test.",
  }),
  "staff.limitRequests.grant": async (world) => ({ requestId: await aLimitRequest(world), days: 30 }),
  "staff.limitRequests.decline": async (world) => ({
    requestId: await aLimitRequest(world),
    answer: "Please send in bulk first: it needs fewer requests.",
  }),
  "staff.reports.take": async (world) => ({ reportId: await aReport(world), version: 1 }),
  "staff.reports.join": async (world) => ({ ...(await takenReport(world)), accountId: world.accountId, severity: 2 }),
  "staff.reports.close": async (world) => ({ ...(await takenReport(world)), outcome: "Not one of our customers." }),
  "staff.detectors.draft": async () => ({ detector: "probing", mode: "shadow", note: "Too many at night." }),
  "staff.detectors.publish": async ({ admin }) => {
    const { number } = await draftDetector(admin, { detector: "probing", mode: "shadow", note: "Too many at night." });
    return { detector: "probing", number };
  },
  "staff.detectors.preview": async () => ({ detector: "dead_token_use", keys: ["requestsPerHour"], values: [50] }),
  "staff.detectors.restore": async ({ admin }) => {
    const detector = "new_account_races";
    const fallen = { mode: "shadow" as const, thresholds: {}, note: "Wrong too often.", publishedAt: admin.now };
    await addSetting(admin, detector, fallen);
    return { detector, reason: "One campaign caused it." };
  },
  "staff.heldFlags.decide": async () => ({ detector: "spike", isOurs: "true" }),
  "staff.identity_providers.add": async () => issuerSettings(),
  "staff.identity_providers.change": async ({ admin }) => {
    const { clientSecret: _, ...settings } = await issuerSettings();
    const { providerId } = await addProvider(admin, await issuerSettings());
    const rest = { accountId: null, isEnabled: "true", isOnlyWay: "false", checksSecondStep: "true" };
    return { ...settings, ...rest, defaultRole: "support", roleRules: [], providerId, version: 1, name: "Renamed" };
  },
  "staff.identity_providers.remove": async ({ admin }) => ({
    providerId: (await addProvider(admin, await issuerSettings())).providerId,
  }),
  "staff.domains.remove": async (world) => ({ domainId: await aDomain(world), reason }),
  "staff.break_glass.set": async ({ admin }) => ({ userId: await aSpareAdmin(admin) }),
  "staff.credentials.create": async () => ({ name: "edge-1" }),
  "staff.credentials.revoke": async ({ admin }) => ({
    credentialId: (await createCredential(admin, { name: "edge-1" })).id,
  }),
  "staff.accounts.open": async () => ({
    name: `Northwind ${next()}`,
    plan: "Starter",
    email: `mara.${next()}@example.com`,
  }),
  "staff.investigate.save": async () => ({ name: "Refused today", query: "code=refused", isShared: "true" }),
  "staff.investigate.remove": async ({ admin }) => ({
    viewId: (await saveInvestigation(admin, { name: "Mine", query: "hours=1" })).id,
  }),
  "staff.cases.open": async ({ accountId }) => ({ accountId, text: "Shares a network with a scanner." }),
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
  "staff.pathRules.replace": async ({ admin }) => {
    const { version } = await getPathRules(admin, {});
    return { version, matchesCase: "false", allowsEncodedSlash: "true" };
  },
  "staff.plans.create": async () => ({ name: `Plan ${next()}`, quotaPerDay: 1_000_000 }),
  "staff.plans.update": async (world) => {
    const { planId } = await aPlan(world);
    return { planId, version: 1, name: `Scale ${next()}`, quotaPerDay: 2_000 };
  },
  "staff.plans.limit": async (world) => {
    const [{ planId }, { endpointId }] = [await aPlan(world), await anEndpoint(world)];
    return { planId, endpointId, version: 1, rateLimit: 240 };
  },
  "staff.import.openapi": async () => {
    const paths = { [`/v1/imported${next()}`]: { get: {} } };
    return { document: JSON.stringify({ openapi: "3.1.0", paths }), rateLimit: 30 };
  },
  "staff.endpoints.create": async () => {
    const name = `domains.check${next()}`;
    return { name, surface: "http", method: "POST", path: `/v1/${name}`, rateLimit: 30 };
  },
  "staff.endpoints.update": async (world) => {
    const { endpointId } = await anEndpoint(world);
    return {
      endpointId,
      version: 1,
      rateLimit: 60,
      windowSeconds: 60,
      cost: 1,
      scope: null,
      isDenied: "false",
      recipientsPerCall: 0,
    };
  },
};
