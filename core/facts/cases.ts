import { z } from "zod";
import { caseOutcomes } from "../rules/vocabulary.ts";
import { intakeRefusals, reportSources } from "../rules/vocabulary-intake.ts";
import { change } from "./changes.ts";
import { declare, details, moment, nothing } from "./declare.ts";

/** The work on cases, flags and reports is staff's own: its notes are written for colleagues. */
const ofCase = { subject: "case", audience: "staff", timeline: true } as const;
const ofFlag = { subject: "flag", audience: "staff", timeline: true } as const;
const text = z.strictObject({ text: z.string() });

/** What happens to cases, flags, detectors and people's reports. */
export const caseFacts = declare({
  "case.opened": {
    ...ofCase,
    data: nothing,
    webhook: { sends: [], says: "A case was opened about the account." },
  },
  "case.reopened": { ...ofCase, data: nothing },
  "case.claimed": { ...ofCase, act: "case.claim", data: nothing },
  "case.taken_over": { ...ofCase, act: "case.take_over", data: z.strictObject({ from: z.string() }) },
  "case.released": { ...ofCase, act: "case.release", data: nothing },
  "case.handed_over": {
    ...ofCase,
    act: "case.hand_over",
    keeps: ["to"],
    data: z.strictObject({ to: z.string(), text: z.string() }),
  },
  "case.snoozed": { ...ofCase, act: "case.snooze", data: z.strictObject({ until: moment.nullable() }) },
  "case.woken": { ...ofCase, act: "case.wake", data: z.strictObject({ why: z.string().optional() }) },
  "case.escalated": { ...ofCase, act: "case.escalate", keeps: [], data: text },
  "case.owner_asked": { ...ofCase, act: "case.wait", keeps: [], data: text },
  "case.reminded": { ...ofCase, data: nothing },
  "case.closed": { ...ofCase, act: "case.close", data: z.strictObject({ outcome: z.enum(caseOutcomes) }) },
  "case.mailed": { subject: "case", audience: "staff", act: "case.mail", isRoutine: true, data: details },
  "case.settled": { subject: "case", audience: "staff", act: "case.settle", isRoutine: true, data: details },
  /** Carries the hashes of case events of a transaction in which nothing else was audited. */
  "case.recorded": { subject: "case", audience: "staff", act: "case.record", isRoutine: true, data: details },
  "note.added": { ...ofCase, act: "case.note", keeps: [], data: text },
  "reference.added": {
    ...ofCase,
    act: "case.reference",
    data: z.strictObject({ label: z.string(), url: z.string().nullable() }),
  },
  "reference.removed": { ...ofCase, act: "case.unreference", data: z.strictObject({ label: z.string() }) },
  "owner.fixed": { subject: "account", audience: "account", act: "account.fix", keeps: [], timeline: true, data: text },
  "load.announced": {
    subject: "load",
    audience: "account",
    act: "load.announce",
    keeps: ["startsAt", "endsAt"],
    timeline: true,
    data: z.strictObject({ startsAt: moment, endsAt: moment, reason: z.string() }),
  },
  "load.cancelled": { subject: "load", audience: "account", act: "load.cancel", data: details },

  "flags.opened": { subject: "account", audience: "staff", act: "flag.open", data: details },
  "flag.raised": {
    ...ofFlag,
    data: z.strictObject({
      detector: z.string(),
      severity: z.number(),
      summary: z.string(),
      number: z.number().optional(),
      caseId: z.uuid(),
    }),
    webhook: { type: "flag.opened", sends: ["caseId", "detector", "severity"], says: "A detector raised a flag." },
  },
  "flag.released": {
    ...ofFlag,
    data: z.strictObject({ detector: z.string(), severity: z.number(), summary: z.string(), caseId: z.uuid() }),
    webhook: {
      type: "flag.opened",
      sends: ["caseId", "detector", "severity"],
      says: "A flag that had been held back joined its case.",
    },
  },
  "flag.dismissed": {
    ...ofFlag,
    act: "flag.dismiss",
    data: z.strictObject({ detector: z.string(), reason: z.string() }),
  },
  "flag.confirmed": { ...ofFlag, data: z.strictObject({ detector: z.string() }) },
  "flag.muted": {
    ...ofFlag,
    act: "flag.mute",
    data: z.strictObject({ detector: z.string(), until: moment, reason: z.string() }),
  },
  "flag.unmuted": {
    ...ofFlag,
    act: "flag.unmute",
    data: z.strictObject({ detector: z.string(), until: moment, reason: z.string() }),
  },
  "flags.settled": { subject: "flag", audience: "staff", act: "flag.settle", isRoutine: true, data: details },
  "held_flags.ours": { subject: "detector", audience: "staff", act: "flag.ours", data: details },
  "held_flags.released": { subject: "detector", audience: "staff", act: "flag.release", data: details },
  "detector.drafted": { subject: "detector", audience: "staff", act: "detector.draft", data: details },
  "detector.published": { subject: "detector", audience: "staff", act: "detector.publish", data: change },
  "detector.fell": {
    subject: "detector",
    audience: "staff",
    act: "detector.fall",
    data: z.strictObject({ number: z.number(), right: z.number(), wrong: z.number(), days: z.number() }),
    webhook: { sends: ["right", "wrong", "days"], says: "A detector was wrong too often and fell into shadow." },
  },
  "detector.restored": {
    subject: "detector",
    audience: "staff",
    act: "detector.restore",
    data: z.strictObject({ number: z.number(), reason: z.string() }),
  },
  "filter.saved": { subject: "filter", audience: "staff", act: "filter.save", data: details },
  "filter.removed": { subject: "filter", audience: "staff", act: "filter.remove", data: details },
  "investigation.saved": { subject: "investigation", audience: "staff", act: "investigation.save", data: details },
  "investigation.removed": { subject: "investigation", audience: "staff", act: "investigation.remove", data: details },

  "report.received": {
    subject: "report",
    audience: "staff",
    act: "report.submit",
    data: z.strictObject({ kind: z.string(), source: z.enum(reportSources) }),
    webhook: { sends: ["kind", "source"], says: "Someone reported abuse or a vulnerability." },
  },
  "report_mail.refused": {
    subject: "report_mail",
    audience: "staff",
    act: "report.refuse_mail",
    isRoutine: true,
    data: z.strictObject({ refusal: z.enum(intakeRefusals) }),
  },
  "report.taken": { subject: "report", audience: "staff", act: "report.take", data: details },
  "report.joined": {
    subject: "report",
    audience: "staff",
    act: "report.join",
    keeps: ["severity"],
    timeline: true,
    data: z.strictObject({ about: z.string(), severity: z.number() }),
  },
  "report.closed": {
    subject: "report",
    audience: "staff",
    act: "report.close",
    timeline: true,
    data: z.strictObject({ outcome: z.string(), isAnswered: z.boolean() }),
  },
});
