import { z } from "zod";
import { actorUserId } from "../frame/context.ts";
import { query } from "../frame/define.ts";
import { liveSessions } from "./live-sessions.ts";
import { sessionsInReach } from "./sessions-in-reach.ts";

/** Where the person is signed in now, newest first. */
export const listSessions = query({
  permission: "session:own",
  input: z.strictObject({}),
  run: async (ctx) => {
    const rows = await liveSessions(ctx, actorUserId(ctx.actor) ?? "", await sessionsInReach(ctx));
    const here = "sessionId" in ctx.actor ? ctx.actor.sessionId : null;
    return rows.map((row) => ({ ...row, isThis: row.id === here }));
  },
});
