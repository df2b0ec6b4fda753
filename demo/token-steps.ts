import type { Ctx } from "#core/frame/context.ts";
import { createToken } from "#core/tokens/create-token.ts";
import { pauseToken } from "#core/tokens/pause-token.ts";
import { revokeToken } from "#core/tokens/revoke-token.ts";
import type { SeededAccount } from "./account-steps.ts";
import type { DemoToken } from "./plan-types.ts";
import { randomFrom, seedOf } from "./random.ts";
import type { Cast, Step } from "./steps.ts";

/** A token in the making: id and secret are there once its step has run. */
export type SeededToken = DemoToken & { account: SeededAccount; tokenId: string; secret: string };

/** Tokens are made, paused and revoked by those who may and are there at the time. */
export function tokenSteps(one: SeededToken, people: Cast): Step[] {
  const { account, name, scopes, expiresAt, allowedNetworks } = one;
  const steps: Step[] = [
    {
      at: one.createdAt,
      run: async (ctx) => {
        const made = await createToken(builder(ctx, one, people), { name, scopes, expiresAt, allowedNetworks });
        one.tokenId = made.tokenId;
        one.secret = made.secret;
      },
    },
  ];
  const change = (at: Date | null, run: Step["run"]) => at && steps.push({ at, run });
  change(one.pausedAt, async (ctx) => void (await pauseToken(builder(ctx, one, people), { tokenId: one.tokenId })));
  change(one.revokedAt, async (ctx) => {
    await revokeToken(builder(ctx, one, people), { tokenId: one.tokenId, reason: one.revokedReason });
  });
  if (account.members.length === 0) throw new Error(`${account.name} has nobody who could make tokens.`);
  return steps;
}

function builder(ctx: Ctx, { account, name }: SeededToken, people: Cast): Ctx {
  const present = account.members.filter((member) => member.role !== "viewer" && member.joinedAt < ctx.now);
  const random = randomFrom(seedOf(`${account.name} ${name} ${ctx.now.toISOString().slice(0, 10)}`));
  const { email, role } = random.pick(present);
  return people.asMember(ctx, account, email, role === "owner" ? "owner" : "developer");
}
