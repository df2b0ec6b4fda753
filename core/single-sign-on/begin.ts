import { eq } from "drizzle-orm";
import * as openid from "openid-client";
import { z } from "zod";
import { session } from "#db/schema/auth.ts";
import * as words from "#words/words.ts";
import { isFromBusyNetwork } from "../auth/busy-network.ts";
import type { Ctx } from "../frame/context.ts";
import { query } from "../frame/define.ts";
import { AppError } from "../frame/errors.ts";
import { discover, isAway } from "./discover.ts";
import { findEnabled } from "./find-provider.ts";
import { callbackUrl, type Flow } from "./flow.ts";

type Begun = { ok: true; address: string; flow: Flow } | { ok: false; reason: "away" | "invalid" | "throttled" };

const next = z.string().max(2_000).nullable();

/** Where to send a browser that wants to sign in through an issuer, and what its cookie keeps meanwhile. */
export const beginSignIn = query({
  permission: "session:open",
  input: z.strictObject({ providerId: z.uuid(), next }),
  run: (ctx, { providerId, next }) => begin(ctx, providerId, { next, sessionId: null }),
});

/** The same for a signed-in person who proves again that it is them, at the issuer that they came in through. */
export const beginProof = query({
  permission: "session:own",
  input: z.strictObject({ next }),
  run: async (ctx, { next }) => {
    const sessionId = "sessionId" in ctx.actor ? ctx.actor.sessionId : null;
    const [found] = await ctx.db
      .select({ providerId: session.providerId })
      .from(session)
      .where(eq(session.id, sessionId ?? ""));
    if (!found?.providerId) throw new AppError("conflict", words.errors.noIssuerOfSession);
    return begin(ctx, found.providerId, { next, sessionId });
  },
});

async function begin(ctx: Ctx, providerId: string, rest: Pick<Flow, "next" | "sessionId">): Promise<Begun> {
  if (isFromBusyNetwork(ctx, "issuer")) return { ok: false, reason: "throttled" };
  const provider = await findEnabled(ctx, providerId);
  const flow: Flow = {
    ...{ providerId, state: openid.randomState(), nonce: openid.randomNonce() },
    ...{ verifier: openid.randomPKCECodeVerifier(), startedAt: ctx.now.toISOString() },
    ...rest,
  };
  try {
    const { client } = await discover(provider, ctx.now);
    const address = openid.buildAuthorizationUrl(client, {
      redirect_uri: callbackUrl(providerId),
      scope: "openid email profile",
      state: flow.state,
      nonce: flow.nonce,
      code_challenge: await openid.calculatePKCECodeChallenge(flow.verifier),
      code_challenge_method: "S256",
      ...(rest.sessionId === null ? {} : { prompt: "login", max_age: "0" }),
    });
    return { ok: true, address: address.href, flow };
  } catch (error) {
    return { ok: false, reason: isAway(error) ? "away" : "invalid" };
  }
}
