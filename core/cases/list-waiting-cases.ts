import { z } from "zod";
import { actorUserId } from "../frame/context.ts";
import { query } from "../frame/define.ts";
import { fillCases } from "./list-cases.ts";
import { type RankedCase, rankCases } from "./rank-cases.ts";

/** What the desk shows of each list. */
const mostShown = 6;

/** The first open cases of three lists, each with the size of the whole: my own and nobody's by priority, and those that wait the longest. */
export const listWaitingCases = query({
  permission: "cases:read",
  input: z.strictObject({}),
  run: async (ctx) => {
    const ranked = await rankCases(ctx, undefined);
    const userId = actorUserId(ctx.actor);
    const lists = {
      mine: ranked.filter((row) => row.assigneeUserId !== null && row.assigneeUserId === userId),
      unassigned: ranked.filter((row) => row.assigneeUserId === null),
      oldest: ranked.toSorted((a, b) => a.openedAt.getTime() - b.openedAt.getTime()),
    };
    const shown = (rows: RankedCase[]) => rows.slice(0, mostShown).map((row) => row.id);
    const all = await fillCases(ctx, [...new Set(Object.values(lists).flatMap(shown))]);
    const filled = (rows: RankedCase[]) => {
      const ids = shown(rows);
      return { total: rows.length, cases: ids.flatMap((id) => all.find((one) => one.id === id) ?? []) };
    };
    return { mine: filled(lists.mine), unassigned: filled(lists.unassigned), oldest: filled(lists.oldest) };
  },
});
