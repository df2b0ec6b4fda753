import { sql } from "drizzle-orm";
import { createAlertRule } from "#core/alerts/create-alert-rule.ts";
import { testAlert } from "#core/alerts/test-alert.ts";
import { createIntegration } from "#core/integrations/create-integration.ts";
import { dayMs, hourMs } from "#core/rules/time.ts";
import { capToken } from "#core/tokens/cap-token.ts";
import { editToken } from "#core/tokens/edit-token.ts";
import { remindOfExpiry } from "#core/tokens/remind-of-expiry.ts";
import { rotateToken } from "#core/tokens/rotate-token.ts";
import type { Queryable } from "#db/client.ts";
import { asJob, type SeededAccount } from "./account-steps.ts";
import { cast } from "./companies.ts";
import type { Cast, Step } from "./steps.ts";
import type { SeededToken } from "./token-steps.ts";

/** When the rotation that is under way began, and for how long both secrets work. */
const rotatedBefore = 20 * hourMs;
const overlapHours = 72;

/** The name of the token that is being rotated, in the account that shows everything. */
const rotated = "api-prod";

/** What owners have set up for themselves: integrations, thresholds, caps, a rotation, reminders. Each through its command. */
export function ownerSteps(
  accounts: readonly SeededAccount[],
  tokens: readonly SeededToken[],
  people: Cast,
  now: Date,
): Step[] {
  const ago = (ms: number) => new Date(now.getTime() - ms);
  const shown = accounts.find((one) => one.name === cast.excess);
  if (!shown) throw new Error(`${cast.excess} is not in the demo.`);
  const owner = (account: SeededAccount) => account.members[0]?.email ?? "";
  const find = (name: string) => {
    const found = tokens.find((one) => one.account === shown && one.name === name);
    if (!found) throw new Error(`${cast.excess} has no token ${name}.`);
    return found;
  };
  let shop = "";
  const ofShown: Step[] = [
    {
      at: ago(14 * dayMs),
      run: async (ctx) => {
        const by = people.asMember(ctx, shown, owner(shown), "owner");
        const made = await createIntegration(by, {
          name: "Web shop",
          purpose: "Sends order confirmations and receipts to customers of the shop.",
          contactEmail: "privacy@northwind.example",
          privacyPolicyUrl: "https://northwind.example/privacy",
          dataCollected: ["names", "email_addresses", "postal_addresses", "message_content"],
        });
        shop = made.id;
        await createIntegration(by, {
          name: "Newsletter importer",
          purpose: "Reads sign-ups from the website and adds them to the newsletter.",
          contactEmail: "marketing@northwind.example",
          dataCollected: ["email_addresses"],
        });
        await createAlertRule(by, { kind: "refused_share", thresholdPercent: 10, isMailed: true });
        await createAlertRule(by, { kind: "rate_pressure", thresholdPercent: 90, isMailed: false });
        await testAlert(by, {});
      },
    },
    {
      at: ago(13 * dayMs),
      run: async (ctx) => {
        const { tokenId, name, scopes, expiresAt, allowedNetworks } = find(rotated);
        const values = { tokenId, name, scopes, expiresAt, allowedNetworks, integrationId: shop };
        await editToken(people.asMember(ctx, shown, owner(shown), "owner"), values);
      },
    },
    {
      at: ago(12 * dayMs),
      run: async (ctx) => {
        const { tokenId } = find("reports");
        await capToken(people.asMember(ctx, shown, owner(shown), "owner"), { tokenId, capPerDay: 5_000 });
      },
    },
    {
      at: ago(rotatedBefore),
      run: async (ctx) => {
        const { tokenId } = find(rotated);
        await rotateToken(people.asMember(ctx, shown, owner(shown), "owner"), { tokenId, overlapHours });
      },
    },
  ];
  const reminders = tokens.flatMap((token): Step[] => {
    const at = new Date((token.expiresAt?.getTime() ?? Number.NaN) - 7 * dayMs + hourMs);
    if (!(at < now && at > token.createdAt) || token.revokedAt) return [];
    return [
      { at, run: async (ctx) => void (await remindOfExpiry(asJob(ctx, "Token watch"), { tokenId: token.tokenId })) },
    ];
  });
  return [...ofShown, ...reminders];
}

/**
 * Who has used which secret since the rotation began: clients are moved to the new one hour by hour, and the last server has not
 * been yet. The counts are those of the hours.
 */
export async function writeRotation(db: Queryable, tokens: readonly SeededToken[], now: Date): Promise<void> {
  const token = tokens.find((one) => one.account.name === cast.excess && one.name === rotated);
  if (!token) throw new Error(`${cast.excess} has no token ${rotated}.`);
  const from = new Date(now.getTime() - rotatedBefore);
  const client = token.userAgent.split(" ")[0] ?? "";
  await db.execute(sql`insert into secret_use (secret_id, at, network, client, requests, last_at)
    select s.id, h.at, network(set_masklen(${token.ips[0] ?? "198.18.0.1"}::inet, 24)), ${client}, p.requests,
      least(h.at + interval '59 minutes', ${now}::timestamptz)
    from (
      select at, sum(requests)::bigint as requests,
        greatest(0.05, 1 - extract(epoch from at - date_trunc('hour', ${from}::timestamptz)) / ${rotatedBefore / 1000}) as old_share
      from usage_hour
      where account_id = ${token.account.accountId} and token_id = ${token.tokenId} and at >= date_trunc('hour', ${from}::timestamptz)
      group by at) h
    join token_secret s on s.token_id = ${token.tokenId}
    cross join lateral (select case when s.retires_at is null then h.requests - round(h.requests * h.old_share)
      else round(h.requests * h.old_share) end as requests) p
    where p.requests > 0`);
}
