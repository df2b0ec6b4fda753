import { eq } from "drizzle-orm";
import { createIntegration } from "#core/integrations/create-integration.ts";
import { createToken } from "#core/tokens/create-token.ts";
import { pauseToken } from "#core/tokens/pause-token.ts";
import { disableEndpoint } from "#core/webhooks/edit-endpoint.ts";
import { sendTestEvent } from "#core/webhooks/send-test-event.ts";
import { notice } from "#db/schema/enforcement.ts";
import { staffStories } from "./testing-staff-stories.ts";
import {
  abuseReport,
  aDomain,
  aHook,
  aLimitRequest,
  aLoad,
  anIntegration,
  anInvitation,
  appeal,
  appealed,
  aRule,
  aToken,
  hook,
  inHours,
  integration,
  limitToAskFor,
  next,
  quotaRule,
  rotated,
  type Story,
  throttled,
  userIdOf,
} from "./testing-world.ts";

/** For tests only: a valid input to each command, with what it is about made anew. */

/** What owners and the public do, by the id of the call. */
const ownStories: Record<string, Story> = {
  "alerts.createRule": async () => quotaRule,
  "alerts.changeRule": async (world) => ({
    ...{ ruleId: await aRule(world), cooldownSeconds: 7_200, isMailed: "1", isOn: "1" },
  }),
  "alerts.deleteRule": async (world) => ({ ruleId: await aRule(world) }),
  "alerts.test": async () => ({}),
  "standing.selfCure": async () => ({ text: "The client waits as long as Retry-After says." }),
  "tokens.create": async () => ({ name: "cron", scopes: ["email:send"], capPerDay: 100 }),
  "tokens.update": async (world) => ({
    ...{ tokenId: await aToken(world), version: 1, name: "renamed", scopes: [], allowedNetworks: [] },
    ...{ expiresAt: null, capPerDay: null, capPerMinute: null, integrationId: null },
  }),
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
  "account.addDomain": async () => ({ domain: "acme.example" }),
  "account.checkDomain": async (world) => ({ domainId: await aDomain(world) }),
  "account.removeDomain": async (world) => ({ domainId: await aDomain(world) }),
  "account.setNetworks": async () => ({ allowedNetworks: ["203.0.113.0/24"] }),
  "members.invite": async () => ({ email: `jonas.${next()}@example.com`, role: "developer" }),
  "members.resendInvitation": async (world) => ({ invitationId: await anInvitation(world) }),
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
  "limits.ask": async (world) => ({
    ...limitToAskFor,
    ...{ startsAt: inHours(world.owner, 24), endsAt: inHours(world.owner, 30) },
  }),
  "limits.withdraw": async (world) => ({ requestId: await aLimitRequest(world) }),
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
};

/** By the id of the call. */
export const stories: Record<string, Story> = { ...ownStories, ...staffStories };
