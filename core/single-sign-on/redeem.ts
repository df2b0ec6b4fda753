import * as openid from "openid-client";
import { isFromBusyNetwork } from "../auth/busy-network.ts";
import type { Ctx } from "../frame/context.ts";
import { spendOnce } from "../frame/spend-once.ts";
import { minuteMs } from "../rules/time.ts";
import { type Claims, claimValues } from "./claims.ts";
import { discover, isAway } from "./discover.ts";
import { findEnabled, type Provider } from "./find-provider.ts";
import { callbackUrl, type Flow, flowLifeMs } from "./flow.ts";

/** `over` = started in another browser, too long ago, or used already. `declined` = the issuer or the person said no. */
export type RedeemFault = "throttled" | "over" | "declined" | "away" | "invalid";
export type Redeemed = { ok: true; provider: Provider; claims: Claims } | { ok: false; reason: RedeemFault };

/** Clocks of issuer and Gatehouse may differ by so much. */
const clocksApartMs = minuteMs;

/**
 * Exchanges an issuer's answer for what it says of the person; for `prepare` of a command, which holds no connection meanwhile. The
 * state is spent before anything is asked. Checked are state, PKCE, issuer, signature, audience, times and nonce, and for a proof that
 * the person has signed in there since it began.
 */
export async function redeem(ctx: Ctx, flow: Flow, search: string): Promise<Redeemed> {
  const startedMs = Date.parse(flow.startedAt);
  const endsAt = new Date(startedMs + flowLifeMs);
  if (isFromBusyNetwork(ctx, "issuer")) return { ok: false, reason: "throttled" };
  if (!(startedMs <= ctx.now.getTime() && ctx.now < endsAt)) return { ok: false, reason: "over" };
  if (!(await spendOnce(ctx.db, "sign-in state", flow.state, endsAt))) return { ok: false, reason: "over" };
  const provider = await findEnabled(ctx, flow.providerId);
  try {
    const { client } = await discover(provider, ctx.now);
    const address = new URL(callbackUrl(flow.providerId));
    address.search = search;
    const tokens = await openid.authorizationCodeGrant(client, address, {
      expectedState: flow.state,
      expectedNonce: flow.nonce,
      pkceCodeVerifier: flow.verifier,
      idTokenExpected: true,
    });
    const token = tokens.claims();
    if (!token) return { ok: false, reason: "invalid" };
    if (flow.sessionId !== null && !isSince(token.auth_time, startedMs)) return { ok: false, reason: "declined" };
    const wanted = ["email", "email_verified", ...provider.roleRules.map((rule) => rule.claim)];
    const isComplete = wanted.every((claim) => claimValues(token, claim).length > 0);
    const hasMore = !isComplete && client.serverMetadata().userinfo_endpoint !== undefined;
    const more = hasMore ? await openid.fetchUserInfo(client, tokens.access_token, token.sub) : {};
    return { ok: true, provider, claims: joined(token, more) };
  } catch (error) {
    if (isAway(error)) return { ok: false, reason: "away" };
    return { ok: false, reason: error instanceof openid.AuthorizationResponseError ? "declined" : "invalid" };
  }
}

/** What is signed counts first; and that an address is verified is said of the address beside it only. */
function joined(token: Claims, more: Record<string, unknown>): Claims {
  const { email_verified, ...rest } = more;
  const isSameAddress = token.email === undefined || token.email === more.email;
  return { ...rest, ...(isSameAddress && email_verified !== undefined ? { email_verified } : {}), ...token };
}

function isSince(authTime: unknown, startedMs: number): boolean {
  return typeof authTime === "number" && authTime * 1_000 >= startedMs - clocksApartMs;
}
