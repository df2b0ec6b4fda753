import { eq } from "drizzle-orm";
import { session } from "#db/schema/auth.ts";
import * as words from "#words/words.ts";
import { minuteMs } from "../rules/time.ts";
import type { Ctx } from "./context.ts";
import { AppError, ProofNeeded } from "./errors.ts";

/** How long a proof counts: long enough for one piece of work, short enough for a desk that was left open. */
const freshMs = 15 * minuteMs;

/**
 * Refuses a person who has not proven within 15 minutes that it is them, by signing in or with their password. Keys, tokens and jobs have
 * no session, and their own bounds.
 */
export async function requireProof({ actor, db, now }: Ctx): Promise<void> {
  const sessionId = "sessionId" in actor ? actor.sessionId : null;
  if (sessionId === null) return;
  const [found] = await db
    .select({
      createdAt: session.createdAt,
      provenAt: session.provenAt,
      way: session.way,
      returnUrl: session.returnUrl,
    })
    .from(session)
    .where(eq(session.id, sessionId));
  const provenAt = found?.provenAt ?? found?.createdAt;
  if (provenAt && now.getTime() - provenAt.getTime() < freshMs) return;
  // Who came from the provider's product may have no password here, and none would prove who sits there.
  if (found?.way === "portal")
    throw new AppError("forbidden", words.errors.openAgain(found.returnUrl ? new URL(found.returnUrl).host : null));
  throw new ProofNeeded();
}
