import { z } from "zod";
import { decideAppeal } from "../../appeals/decide-appeal.ts";
import { takeAppeal } from "../../appeals/take-appeal.ts";
import { addReference, listReferences, removeReference } from "../../cases/case-references.ts";
import { listMutes } from "../../cases/list-mutes.ts";
import { muteFlag } from "../../cases/mute-flag.ts";
import { unmuteFlag } from "../../cases/unmute-flag.ts";
import { escalateCase, handOverCase, releaseCase, snoozeCase, waitForOwner, wakeCase } from "../../cases/work-case.ts";
import { operation } from "../operation.ts";
import { exampleIds, instant, uuid } from "../shapes.ts";

const tag = "Staff: cases";
const casePath = "/staff/cases/{caseId}";
const appealPath = "/staff/appeals/{appealId}";
const done = { status: 204, output: null } as const;

export const caseWorkOperations = [
  operation({
    ...{ id: "staff.cases.release", method: "POST", path: `${casePath}/release`, tag },
    summary: "Release a case",
    useCase: releaseCase,
    ...done,
    example: { input: { version: 2 }, output: null },
  }),
  operation({
    ...{ id: "staff.cases.handOver", method: "POST", path: `${casePath}/hand-over`, tag },
    summary: "Hand a case to a colleague",
    useCase: handOverCase,
    ...done,
    example: { input: { version: 2, toUserId: exampleIds.user, text: "You know them." }, output: null },
  }),
  operation({
    ...{ id: "staff.cases.snooze", method: "POST", path: `${casePath}/snooze`, tag },
    summary: "Snooze a case",
    description: "For up to 168 hours, or until the next signal with 0.",
    useCase: snoozeCase,
    ...done,
    example: { input: { version: 2, hours: 24 }, output: null },
  }),
  operation({
    ...{ id: "staff.cases.wake", method: "POST", path: `${casePath}/wake`, tag },
    summary: "End a snooze early",
    useCase: wakeCase,
    ...done,
    example: { input: { version: 3 }, output: null },
  }),
  operation({
    ...{ id: "staff.cases.escalate", method: "POST", path: `${casePath}/escalate`, tag },
    summary: "Ask a lead for help",
    useCase: escalateCase,
    ...done,
    example: { input: { version: 2, text: "Is this the same customer as in May?" }, output: null },
  }),
  operation({
    ...{ id: "staff.cases.waitForOwner", method: "POST", path: `${casePath}/wait-for-owner`, tag },
    summary: "Wait for the owner's answer",
    useCase: waitForOwner,
    ...done,
    example: { input: { version: 2, text: "Asked which client it is." }, output: null },
  }),
  operation({
    ...{ id: "staff.references.list", method: "GET", path: `${casePath}/references`, tag },
    summary: "List the tickets linked to a case",
    useCase: listReferences,
    output: z.object({ id: uuid, label: z.string(), url: z.string().nullable() }),
    list: { items: (rows) => rows, key: (row: { id: string }) => row.id },
    example: {
      output: { id: exampleIds.flag, label: "SUP-1042", url: "https://tickets.example.com/SUP-1042" },
    },
  }),
  operation({
    ...{ id: "staff.references.add", method: "POST", path: `${casePath}/references`, tag },
    summary: "Link a ticket",
    useCase: addReference,
    ...done,
    example: { input: { label: "SUP-1042", url: "https://tickets.example.com/SUP-1042" }, output: null },
  }),
  operation({
    ...{ id: "staff.references.remove", method: "DELETE", path: "/staff/references/{referenceId}", tag },
    summary: "Remove a link",
    useCase: removeReference,
    ...done,
    example: { output: null },
  }),
  operation({
    ...{ id: "staff.flags.mute", method: "POST", path: "/staff/flags/{flagId}/mute", tag },
    summary: "Mute a flag",
    description: "Not for automation keys.",
    useCase: muteFlag,
    ...done,
    example: { input: { days: 7, reason: "Known migration until Friday." }, output: null },
  }),
  operation({
    ...{ id: "staff.flags.unmute", method: "POST", path: "/staff/flags/{flagId}/unmute", tag },
    summary: "End a mute before its time",
    description: "Not for automation keys.",
    useCase: unmuteFlag,
    ...done,
    example: { input: { reason: "The migration is over." }, output: null },
  }),
  operation({
    ...{ id: "staff.mutes.list", method: "GET", path: "/staff/mutes", tag },
    summary: "List the mutes in force",
    useCase: listMutes,
    output: z.object({
      id: uuid.describe("Of the muted flag."),
      accountId: uuid,
      accountName: z.string(),
      detector: z.string(),
      about: z.string().nullable().describe("The token or network that is silent; null = the whole account."),
      mutedByName: z.string().nullable(),
      reason: z.string().nullable(),
      mutedAt: instant.nullable(),
      mutedUntil: instant.nullable(),
    }),
    list: { items: (rows) => rows, key: (row: { id: string }) => row.id },
    example: {
      output: {
        ...{ id: exampleIds.flag, accountId: exampleIds.account, accountName: "Northwind Mail", detector: "spike" },
        ...{ about: null, mutedByName: "Mia Roth", reason: "Known migration until Friday." },
        ...{ mutedAt: "2026-11-24T10:45:00.000Z", mutedUntil: "2026-12-01T10:45:00.000Z" },
      },
    },
  }),
  operation({
    ...{ id: "staff.appeals.take", method: "POST", path: `${appealPath}/take`, tag },
    summary: "Assign an appeal to yourself",
    description: "Only for people who had no part in the action. Not for automation keys.",
    useCase: takeAppeal,
    ...done,
    example: { output: null },
  }),
  operation({
    ...{ id: "staff.appeals.decide", method: "POST", path: `${appealPath}/decide`, tag },
    summary: "Decide an appeal",
    description: "`granted` overturns the action and counts its flags as wrong. Not for automation keys.",
    useCase: decideAppeal,
    ...done,
    example: {
      input: { version: 2, decision: "granted", text: "The traffic came from our own test. We are sorry." },
      output: null,
    },
  }),
];
