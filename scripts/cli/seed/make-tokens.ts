import type { Ctx } from "#core/context.ts";
import { createToken } from "#core/tokens/create-token.ts";
import { pauseToken } from "#core/tokens/pause-token.ts";
import { revokeToken } from "#core/tokens/revoke-token.ts";
import { tokenKinds } from "./cast.ts";

const dayMs = 86_400_000;

/** `weight` is its part of the account's traffic; a token that is not live has none today. */
export type SeededToken = {
  tokenId: string;
  name: string;
  secret: string;
  endpoint: string;
  weight: number;
  isLive: boolean;
};

/** A few tokens per account, of different kinds and fates: live, narrowed, expiring, expired, paused, revoked. */
export async function makeTokens(
  ctx: Ctx,
  accountId: string,
  owner: { userId: string; name: string },
  random: () => number,
): Promise<SeededToken[]> {
  const asOwner = (daysAgo: number): Ctx => ({
    ...ctx,
    actor: { kind: "member", ...owner, sessionId: owner.userId, accountId, role: "owner" },
    now: new Date(ctx.now.getTime() - daysAgo * dayMs),
  });
  const wanted = 2 + Math.floor(random() * 4);
  const tokens: SeededToken[] = [];
  for (const [index, kind] of tokenKinds.slice(0, wanted).entries()) {
    const daysAgo = 95 + Math.floor(random() * 200);
    const made = await createToken(asOwner(daysAgo), {
      name: kind.name,
      scopes: kind.scopes,
      ...(random() < 0.2 ? { expiresAt: new Date(ctx.now.getTime() + Math.floor(2 + random() * 60) * dayMs) } : {}),
    });
    tokens.push({ ...made, endpoint: kind.endpoint, weight: 1 / (index + 1), isLive: true });
  }
  const extra = random();
  if (extra < 0.3) {
    const made = await createToken(asOwner(200), { name: "zapier-test", scopes: ["email:send"] });
    if (extra < 0.15) await revokeToken(asOwner(30), { tokenId: made.tokenId, reason: "Nobody knew what used it" });
    else await pauseToken(asOwner(30), { tokenId: made.tokenId });
  } else if (extra < 0.5) {
    await createToken(asOwner(120), {
      name: "old-export",
      scopes: ["activity:read"],
      expiresAt: new Date(ctx.now.getTime() - 10 * dayMs),
    });
  } else if (extra < 0.7) {
    await createToken(asOwner(20), {
      name: "office-only",
      scopes: ["domains:read"],
      allowedNetworks: ["203.0.113.0/24", "2001:db8:7::/48"],
    });
  }
  return tokens;
}
