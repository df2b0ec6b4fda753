import { sql } from "drizzle-orm";
import type { Database } from "#db/client.ts";
import { passkey } from "#db/schema/identity.ts";
import { refusal, usageMinute } from "#db/schema/usage.ts";
import { createAlertRule } from "../alerts/create-alert-rule.ts";
import { testAlert } from "../alerts/test-alert.ts";
import { submitAppeal } from "../appeals/submit-appeal.ts";
import { announceLoad } from "../detection/announce-load.ts";
import { imposeAction } from "../enforcement/impose-action.ts";
import { buildExport } from "../exports/build-export.ts";
import { requestExport } from "../exports/request-export.ts";
import { createIntegration } from "../integrations/create-integration.ts";
import { inviteMember } from "../invitations/invite.ts";
import { askForLimit } from "../limit-requests/ask-for-limit.ts";
import { listNotices } from "../notices/list-notices.ts";
import { newReceipt } from "../rules/limits/receipt.ts";
import { hourMs, minuteMs } from "../rules/time.ts";
import { addAccountDomain } from "../single-sign-on/account-domains.ts";
import { accountWith, staffCtx, testNow } from "../testing.ts";
import { createToken } from "../tokens/create-token.ts";
import { rotateToken } from "../tokens/rotate-token.ts";
import { createEndpoint } from "../webhooks/create-endpoint.ts";
import { sendTestEvent } from "../webhooks/send-test-event.ts";
import type { Ctx } from "./context.ts";

/** For tests only: an account with a row of every kind that a member can name. */

export type NamedRows = {
  owner: Ctx;
  /** By the field of the input that names it. */
  ids: Record<string, string>;
};

export const receiptAt = (at: Date) =>
  newReceipt(at.getTime(), (count) => crypto.getRandomValues(new Uint8Array(count)));

export async function accountWithEveryRow(db: Database, name: string): Promise<NamedRows> {
  await db.execute(sql`select ensure_usage_partitions(${testNow}, ${testNow})`);
  const { accountId, memberCtx } = await accountWith(db, name);
  const owner = await memberCtx("owner");
  const colleague = await memberCtx("viewer");
  if (owner.actor.kind !== "member" || colleague.actor.kind !== "member") throw new Error("not members");
  const { tokenId } = await createToken(owner, { name: "rotating" });
  await rotateToken(owner, { tokenId, overlapHours: 24 });
  const { endpointId: webhookEndpointId } = await createEndpoint(owner, { url: "https://receiver.example/hook" });
  const { exportId } = await requestExport(owner, {});
  await buildExport(db, exportId, testNow);
  const appealed = await impose(db, accountId, {});
  const { appealId } = await submitAppeal(owner, {
    ...{ actionId: appealed, cause: "A loop in 4.2.", changed: "We wait now.", prevention: "A test covers it." },
  });
  const actionId = await impose(db, accountId, { tokenId });
  const [notice] = await listNotices(owner, {});
  return {
    owner,
    ids: {
      accountId,
      filterAccountId: accountId,
      userId: colleague.actor.userId,
      sessionId: owner.actor.sessionId,
      passkeyId: await passkeyOf(db, owner.actor.userId),
      tokenId,
      integrationId: (
        await createIntegration(owner, {
          ...{ name: "App", purpose: "Sends mail", contactEmail: "app@example.com" },
          privacyPolicyUrl: "https://app.example/privacy",
        })
      ).id,
      invitationId: (await inviteMember(owner, { email: `new@${name.toLowerCase()}.example`, role: "viewer" })).id,
      domainId: (await addAccountDomain(owner, { domain: `${name.toLowerCase()}.example` })).domainId,
      loadId: (
        await announceLoad(owner, {
          ...{ startsAt: testNow, endsAt: new Date(testNow.getTime() + hourMs), reason: "Yearly sale." },
        })
      ).loadId,
      requestId: (await askForLimit(owner, { kind: "quota", value: 900_000_000, reason: "A yearly sale of a week." }))
        .requestId,
      ruleId: (await createAlertRule(owner, { kind: "pace", thresholdPercent: 63 })).id,
      alertId: (await testAlert(owner, {})).alertId,
      exportId,
      webhookEndpointId,
      deliveryId: (await sendTestEvent(owner, { endpointId: webhookEndpointId })).deliveryId,
      actionId,
      appealId,
      noticeId: notice?.id ?? "",
      receipt: await refused(db, accountId, tokenId),
    },
  };
}

async function impose(db: Database, accountId: string, target: { tokenId?: string }): Promise<string> {
  const agent = await staffCtx(db, "lead");
  const { actionId } = await imposeAction(agent, {
    ...{ accountId, ...target, type: "throttle", factor: 0.5, durationHours: 24 },
    ...{ reasonCode: "rate_excess", publicText: "Your client ignores its limit.", internalNote: "chart" },
  });
  return actionId;
}

async function passkeyOf(db: Database, userId: string): Promise<string> {
  const key = { credentialId: crypto.randomUUID(), publicKey: Buffer.alloc(1), counter: 0, isSynced: false };
  const [made] = await db
    .insert(passkey)
    .values({ userId, name: "Laptop", ...key })
    .returning({ id: passkey.id });
  return made?.id ?? "";
}

/** A request that was counted and refused five minutes ago. Returns its receipt. */
async function refused(db: Database, accountId: string, tokenId: string): Promise<string> {
  const at = new Date(testNow.getTime() - 5 * minuteMs);
  const receipt = receiptAt(at);
  const which = { accountId, at, tokenId, endpointId: 1, surface: "http" };
  await db.insert(refusal).values({
    ...which,
    receipt,
    code: "token_paused",
    gateId: "gate-1",
    method: "POST",
    path: "/v1/email",
    ip: "203.0.113.9",
  });
  await db.insert(usageMinute).values({ ...which, outcome: "token_paused", requests: 3, spent: 0 });
  return receipt;
}
