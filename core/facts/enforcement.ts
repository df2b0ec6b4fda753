import { z } from "zod";
import { actionTypes } from "../rules/vocabulary.ts";
import { declare, details, moment, nothing } from "./declare.ts";

const action = { subject: "action", audience: "account", timeline: true } as const;
/** Changes what the account may do, so the gates read its actions again. */
const atTheGate = { gates: "account" } as const;

const type = z.enum(actionTypes);
/**
 * Of every fact that begins, changes or ends an action. `isInForce` and `endsAt` are the action's after it, so a receiver that keeps
 * the latest of them by `actionId` knows what is in force.
 */
const course = {
  type,
  isInForce: z.boolean(),
  effectiveAt: moment.nullable(),
  endsAt: moment.nullable(),
};
const courseSent = ["type", "isInForce", "effectiveAt", "endsAt"] as const;
/** With whatever else the audit log keeps: reason, reach, factor, hash of the evidence. */
const terms = z.looseObject({ ...course, lapsesAt: moment.nullable(), isSilent: z.boolean() });
const ending = z.looseObject({ ...course, reason: z.string().nullable() });
const sent = (says: string, name?: string) => ({ sends: courseSent, says, ...(name ? { type: name } : {}) });

/** What happens to enforcement actions, to notices and to appeals. */
export const enforcementFacts = declare({
  "action.proposed": {
    ...action,
    audience: "staff",
    act: "action.propose",
    data: z.looseObject({ type, why: z.string() }),
  },
  "action.approved": { subject: "action", audience: "staff", act: "action.approve", data: nothing },
  "action.scheduled": {
    ...action,
    ...atTheGate,
    act: "action.schedule",
    data: terms,
    webhook: sent("An action was announced; it begins at `effectiveAt`."),
  },
  "action.applied": {
    ...action,
    ...atTheGate,
    act: "action.apply",
    data: terms,
    webhook: sent("An action is in force."),
  },
  "action.told": {
    ...action,
    ...atTheGate,
    data: terms,
    // The provider's endpoints heard of it when it was applied.
    webhook: { ...sent("An action is in force.", "action.applied"), reach: "account" },
  },
  "action.upheld": {
    ...action,
    ...atTheGate,
    act: "action.confirm",
    data: terms,
    webhook: sent("An action in force has a new end.", "action.changed"),
  },
  "action.reinstated": {
    ...action,
    ...atTheGate,
    act: "action.reinstate",
    data: terms,
    webhook: sent("An action that another had replaced is in force again.", "action.applied"),
  },
  "action.lifted": {
    ...action,
    ...atTheGate,
    act: "action.lift",
    data: ending,
    webhook: sent("An action was lifted before its end."),
  },
  "action.undone": {
    ...action,
    ...atTheGate,
    act: "action.undo",
    data: ending,
    webhook: sent("An action was undone within its undo window.", "action.lifted"),
  },
  "action.superseded": {
    ...action,
    ...atTheGate,
    act: "action.supersede",
    data: ending,
    webhook: sent("Another action took the place of this one."),
  },
  "action.overturned": {
    ...action,
    ...atTheGate,
    act: "action.overturn",
    data: ending,
    webhook: sent("An action was withdrawn after an appeal."),
  },
  "action.withdrawn": { ...action, audience: "staff", act: "action.withdraw", data: ending },
  "action.cancelled": {
    ...action,
    ...atTheGate,
    act: "action.cancel",
    data: ending,
    webhook: sent("An announced action will not take place."),
  },
  "action.expired": {
    ...action,
    ...atTheGate,
    act: "action.expire",
    data: ending,
    webhook: sent("An action reached its end."),
  },
  "action.lapsed": {
    ...action,
    ...atTheGate,
    act: "action.lapse",
    data: ending,
    webhook: sent("An emergency action ended because nobody confirmed it.", "action.expired"),
  },
  "action.confirmed": {
    ...action,
    audience: "staff",
    data: z.strictObject({ gates: z.number(), milliseconds: z.number().nullable() }),
  },
  "action.unconfirmed": {
    ...action,
    audience: "staff",
    data: z.strictObject({ type, gates: z.array(z.string()) }),
    webhook: {
      type: "gate.unconfirmed",
      sends: ["type", "gates"],
      says: "A live gate has not confirmed an action in time.",
    },
  },
  "action.alarm_ended": {
    subject: "action",
    audience: "staff",
    data: z.strictObject({ type }),
    webhook: { type: "gate.confirmed", sends: ["type"], says: "An alarm about an unconfirmed action ended." },
  },
  "action.wound_down": { ...action, data: z.strictObject({ tokens: z.number() }) },
  "action.settled": { subject: "action", audience: "staff", act: "action.settle", isRoutine: true, data: details },
  "batch.imposed": { subject: "batch", audience: "staff", act: "batch.impose", data: details },
  "batch.approved": { subject: "batch", audience: "staff", act: "batch.approve", data: details },
  "batch.undone": { subject: "batch", audience: "staff", act: "batch.undo", data: details },

  "notice.sent": {
    subject: "notice",
    audience: "account",
    data: z.strictObject({ actionId: z.uuid(), kind: z.string() }),
    webhook: { sends: ["actionId", "kind"], says: "A message about an action was sent to the account." },
  },
  "notice.mailed": { subject: "notice", audience: "account", act: "notice.mail", isRoutine: true, data: details },
  "notice.acknowledged": {
    subject: "notice",
    audience: "account",
    act: "notice.acknowledge",
    timeline: true,
    data: z.strictObject({ actionId: z.uuid().nullable() }),
  },

  "appeal.submitted": {
    subject: "appeal",
    audience: "account",
    act: "appeal.submit",
    keeps: ["actionId"],
    timeline: true,
    data: z.strictObject({ actionId: z.uuid(), cause: z.string() }),
    webhook: { sends: ["actionId"], says: "The account appealed an action." },
  },
  "appeal.answered": {
    subject: "appeal",
    audience: "account",
    act: "appeal.message",
    keeps: ["actionId"],
    timeline: true,
    data: z.strictObject({ actionId: z.uuid(), fromStaff: z.boolean(), text: z.string() }),
    webhook: { sends: ["actionId", "fromStaff"], says: "Someone added a message to an appeal." },
  },
  "appeal.assigned": {
    subject: "appeal",
    audience: "staff",
    act: "appeal.take",
    timeline: true,
    data: nothing,
  },
  "appeal.withdrawn": {
    subject: "appeal",
    audience: "account",
    act: "appeal.withdraw",
    timeline: true,
    data: z.strictObject({ actionId: z.uuid() }),
    webhook: { sends: ["actionId"], says: "The account withdrew its appeal." },
  },
  "appeal.decided": {
    subject: "appeal",
    audience: "account",
    act: "appeal.decide",
    keeps: ["actionId", "decision"],
    timeline: true,
    data: z.strictObject({ actionId: z.uuid(), decision: z.string(), text: z.string() }),
    webhook: { sends: ["actionId", "decision"], says: "An appeal was decided." },
  },
});
