import { z } from "zod";
import { query } from "../define.ts";
import { accountOf } from "../scope.ts";
import { lastHour } from "./last-hour.ts";

/** Requests of an account in the last 60 minutes, to the minute. */
export const getLastHour = query({
  permission: "usage:read",
  input: z.strictObject({ accountId: z.uuid().optional() }),
  run: (ctx, input) => lastHour(ctx, accountOf(ctx, input.accountId)),
});
