import { z } from "zod";
import { query } from "../frame/define.ts";
import { accountOf } from "../frame/scope.ts";
import { readDiagnosis } from "./read-diagnosis.ts";

/** What an account's clients do wrong, from its last 24 hours, each with its evidence and one instruction; what costs most first. */
export const getDiagnosis = query({
  permission: "usage:read",
  input: z.strictObject({ accountId: z.uuid().optional() }),
  run: (ctx, input) => readDiagnosis(ctx, accountOf(ctx, input.accountId)),
});
