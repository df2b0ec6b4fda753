import { sql } from "drizzle-orm";
import { action } from "#db/schema/enforcement.ts";
import { undoneReason } from "../rules/standing/enforcement.ts";

/** Whether its author took an action back within the undo window: then it counts as never done. */
export const isUndone = sql<boolean>`${action.endReason} is not distinct from ${undoneReason}`;
