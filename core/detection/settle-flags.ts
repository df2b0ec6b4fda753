import { and, eq, lt } from "drizzle-orm";
import { z } from "zod";
import { flag } from "#db/schema/abuse.ts";
import { fact } from "../facts/fact.ts";
import { command } from "../frame/define.ts";
import { dayMs, minuteMs } from "../rules/time.ts";
import { fallToShadow } from "./fall-to-shadow.ts";

const quietAfterMs = 30 * minuteMs;
const watchMs = dayMs;

/**
 * Moves flags outside cases along with the clock: not seen for half an hour they recover, after a day they expire. A detector that
 * is wrong too often goes back into shadow, where it flags nobody until a lead changes it.
 */
export const settleFlags = command({
  permission: "flags:record",
  input: z.strictObject({}),
  run: async (ctx) => {
    const recovering = await ctx.db
      .update(flag)
      .set({ state: "recovering" })
      .where(and(eq(flag.state, "open"), lt(flag.lastSeenAt, new Date(ctx.now.getTime() - quietAfterMs))))
      .returning({ id: flag.id });
    const expired = await ctx.db
      .update(flag)
      .set({ state: "expired" })
      .where(and(eq(flag.state, "recovering"), lt(flag.lastSeenAt, new Date(ctx.now.getTime() - watchMs))))
      .returning({ id: flag.id });
    return { recovering: recovering.length, expired: expired.length, demoted: await fallToShadow(ctx) };
  },
  happened: (_input, { recovering, expired, demoted }) =>
    recovering + expired + demoted.length === 0
      ? null
      : fact("flags.settled", { subjectId: "many", accountId: null }, { recovering, expired, demoted }),
});
