import { and, eq, isNull } from "drizzle-orm";
import { jwtVerify } from "jose";
import { z } from "zod";
import { session } from "#db/schema/auth.ts";
import { personIdentity } from "#db/schema/identity.ts";
import { isFromBusyNetwork } from "../auth/busy-network.ts";
import { fact } from "../facts/fact.ts";
import type { Ctx } from "../frame/context.ts";
import { command } from "../frame/define.ts";
import { record } from "../frame/record.ts";
import { spendOnce } from "../frame/spend-once.ts";
import { minuteMs } from "../rules/time.ts";
import { discover } from "./discover.ts";
import { findEnabled } from "./find-provider.ts";

/** A logout token older than that could end sessions that were opened after it. */
const longestAgeMs = 5 * minuteMs;
const algorithms = [
  "RS256",
  "RS384",
  "RS512",
  "PS256",
  "PS384",
  "PS512",
  "ES256",
  "ES384",
  "ES512",
  "EdDSA",
  "Ed25519",
];
const event = "http://schemas.openid.net/event/backchannel-logout";

/** What a logout token says (OpenID Connect Back-Channel Logout 1.0, 2.4). It has no nonce, so that no ID token passes for one. */
const logoutClaims = z
  .object({
    iss: z.string(),
    jti: z.string().min(1).max(500),
    sub: z.string().min(1).optional(),
    sid: z.string().min(1).optional(),
    events: z.object({ [event]: z.object({}) }),
    nonce: z.undefined().optional(),
  })
  .refine(({ sub, sid }) => sub !== undefined || sid !== undefined);

type Ended = { isAccepted: boolean; ended: number };

/** An issuer reports that a person has signed out there: their sessions that came through it end, or the one that it names. */
export const endByIssuer = command({
  permission: "session:open",
  input: z.strictObject({ providerId: z.uuid(), logoutToken: z.string().max(20_000) }),
  prepare: async (ctx, { providerId, logoutToken }) => {
    if (isFromBusyNetwork(ctx, "issuer")) return null;
    const provider = await findEnabled(ctx, providerId);
    try {
      const { client, keys } = await discover(provider, ctx.now);
      const { issuer } = client.serverMetadata();
      const { payload } = await jwtVerify(logoutToken, keys, {
        ...{ issuer, audience: provider.clientId, algorithms, currentDate: ctx.now },
        ...{ maxTokenAge: longestAgeMs / 1_000, clockTolerance: 60, requiredClaims: ["iat"] },
      });
      return logoutClaims.parse(payload);
    } catch {
      return null;
    }
  },
  run: async (ctx, { providerId }, claims): Promise<Ended> => {
    if (!claims) return { isAccepted: false, ended: 0 };
    const until = new Date(ctx.now.getTime() + 2 * longestAgeMs);
    if (!(await spendOnce(ctx.db, `logout of ${providerId}`, claims.jti, until)))
      return { isAccepted: false, ended: 0 };
    const which = await sessionsMeant(ctx, claims);
    if (!which) return { isAccepted: true, ended: 0 };
    const ended = await ctx.db
      .update(session)
      .set({ revokedAt: ctx.now })
      .where(and(eq(session.providerId, providerId), isNull(session.revokedAt), which))
      .returning({ userId: session.userId });
    for (const userId of new Set(ended.map((one) => one.userId))) {
      const count = ended.filter((one) => one.userId === userId).length;
      const about = { subjectId: userId, accountId: null };
      await record(ctx, fact("session.ended", about, { everywhere: false, ended: count, byIssuer: providerId }));
    }
    return { isAccepted: true, ended: ended.length };
  },
  // Recorded for each person.
  happened: () => null,
});

async function sessionsMeant(
  ctx: Ctx,
  { iss, sub, sid }: { iss: string; sub?: string | undefined; sid?: string | undefined },
) {
  const ofSid = sid === undefined ? undefined : eq(session.issuerSid, sid);
  if (sub === undefined) return ofSid;
  const [identity] = await ctx.db
    .select({ userId: personIdentity.userId })
    .from(personIdentity)
    .where(and(eq(personIdentity.issuer, iss), eq(personIdentity.subject, sub)));
  return identity && and(eq(session.userId, identity.userId), ofSid);
}
