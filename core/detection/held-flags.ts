import { and, desc, eq, inArray, isNotNull } from "drizzle-orm";
import { z } from "zod";
import { flag } from "#db/schema/abuse.ts";
import { account } from "#db/schema/accounts.ts";
import * as deskWords from "#words/desk.ts";
import { fact } from "../facts/fact.ts";
import { actorUserId } from "../frame/context.ts";
import { command, query } from "../frame/define.ts";
import { lockAccounts } from "../frame/lock-accounts.ts";
import { detectorOf } from "../rules/detectors/registry.ts";
import { readDecisions } from "./read-decisions.ts";
import { joinCase } from "./record-signals.ts";

/** Flags that are kept out of the queue. */
export const isHeld = and(isNotNull(flag.heldReason), inArray(flag.state, ["open", "recovering"]));

/** Flags kept out of the queue because the cause may be ours, the newest first. */
export const listHeldFlags = query({
  permission: "cases:read",
  input: z.strictObject({}),
  run: async (ctx) => {
    const rows = await ctx.db
      .select({
        id: flag.id,
        detector: flag.detector,
        accountId: flag.accountId,
        accountName: account.name,
        summary: flag.summary,
        heldReason: flag.heldReason,
        raisedAt: flag.raisedAt,
        lastSeenAt: flag.lastSeenAt,
      })
      .from(flag)
      .innerJoin(account, eq(account.id, flag.accountId))
      .where(isHeld)
      .orderBy(desc(flag.raisedAt))
      .limit(200);
    return rows.map((row) => ({ ...row, title: deskWords.detectorTitle(row.detector) }));
  },
});

/** Decides what was held: it was ours (all held flags of the detector are dismissed as our fault) or not (they join their cases). */
export const decideHeldFlags = command({
  permission: "cases:work",
  input: z.strictObject({ detector: z.string().max(60), isOurs: z.stringbool().or(z.boolean()) }),
  run: async (ctx, { detector, isOurs }) => {
    const ofDetector = and(isHeld, eq(flag.detector, detector));
    const accounts = await ctx.db.selectDistinct({ id: flag.accountId }).from(flag).where(ofDetector);
    await lockAccounts(
      ctx,
      accounts.map(({ id }) => id),
    );
    const rows = await ctx.db
      .select({
        id: flag.id,
        accountId: flag.accountId,
        scope: flag.scope,
        scopeId: flag.scopeId,
        lastSeenAt: flag.lastSeenAt,
      })
      .from(flag)
      .where(
        and(
          ofDetector,
          inArray(
            flag.accountId,
            accounts.map(({ id }) => id),
          ),
        ),
      )
      .orderBy(flag.accountId)
      .for("update");
    const known = detectorOf(detector);
    for (const { id, accountId, lastSeenAt, ...key } of rows) {
      const decidedMs = known ? (await readDecisions(ctx, accountId))(known, key) : 0;
      // What was decided meanwhile answers it, too.
      if (!isOurs && decidedMs >= lastSeenAt.getTime()) {
        await ctx.db.update(flag).set({ state: "expired", decidedAt: ctx.now }).where(eq(flag.id, id));
        continue;
      }
      if (!isOurs) {
        await joinCase(ctx, accountId, id, "flag.released");
        continue;
      }
      await ctx.db
        .update(flag)
        // A flag of our making says nothing about the detector: it expires, and is not counted as a wrong one.
        .set({
          state: "expired",
          dismissReason: "our_fault",
          decidedAt: ctx.now,
          decidedByUserId: actorUserId(ctx.actor),
        })
        .where(eq(flag.id, id));
    }
    return { flags: rows.length };
  },
  happened: (input, { flags }) =>
    fact(
      input.isOurs ? "held_flags.ours" : "held_flags.released",
      { subjectId: input.detector, accountId: null },
      { flags },
    ),
});
