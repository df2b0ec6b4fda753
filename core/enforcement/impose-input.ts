import { z } from "zod";
import * as deskWords from "#words/desk.ts";
import * as words from "#words/words.ts";
import { endOrText, numberOrText, timeOrText } from "../frame/given-as-text.ts";
import { actionTypes, reasonCodes, surfaces } from "../rules/vocabulary.ts";

const flag = z.stringbool().or(z.boolean()).default(false);

/** What every way of imposing an action says, for one account or for many. */
export const termsSchema = z.strictObject({
  type: z.enum(actionTypes, deskWords.errors.chooseAction),
  /** One surface of the account; suspension only. */
  surface: z.enum(surfaces).optional(),
  /** Throttle only: limits are multiplied by it. */
  factor: numberOrText(z.number().gt(0).lt(1, deskWords.errors.factorRange)).optional(),
  /** The end as an instant, or a length; a length counts from the start of what it replaces. Neither = see forGood. */
  endsAt: endOrText(words.errors.chooseEnd).optional(),
  durationHours: numberOrText(
    z
      .number()
      .positive()
      .max(24 * 90, deskWords.errors.suspensionTooLong),
  ).optional(),
  forGood: flag,
  /** When it takes effect; absent = on the next request. */
  effectiveAt: timeOrText().optional(),
  reasonCode: z.enum(reasonCodes, deskWords.errors.chooseReason),
  publicText: z
    .string(deskWords.errors.tellOwner)
    .trim()
    .min(10, deskWords.errors.tellOwnerLonger)
    .max(4_000)
    .refine((text) => !/\{\w+\}/.test(text), deskWords.errors.placeholderLeft),
  internalNote: z.string(deskWords.errors.leaveNote).trim().min(3, deskWords.errors.leaveNote).max(4_000),
  /** Without notice: the owner is told when the clock runs out. */
  silentHours: numberOrText(
    z
      .number()
      .min(1)
      .max(24 * 30),
  ).optional(),
  /** Required with silentHours; staff only. */
  silenceReason: z.string().trim().max(1_000).optional(),
});
export type Terms = z.output<typeof termsSchema>;

/** Whether nothing but a person ends it: a termination, or a suspension without an end. */
export function isForGood({ type, forGood }: Terms): boolean {
  return type === "termination" || (type === "suspension" && forGood);
}

export const imposeInput = termsSchema.extend({
  accountId: z.uuid(),
  caseId: z.uuid().optional(),
  tokenId: z.uuid().optional(),
  endpointId: numberOrText(z.number().int().positive()).optional(),
  /** In force at once although a second person must agree; lapses after 24 hours unless one does. */
  emergency: flag,
  /** Meant beside a colleague who works on the case now. */
  besideHolder: flag,
  /** The action in force whose place it takes: an extension, a shortening or another measure. Time served is credited. */
  replacesActionId: z.uuid().optional(),
});
export type ImposeInput = z.output<typeof imposeInput>;
