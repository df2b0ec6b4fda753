import { z } from "zod";
import { draftDetector, publishDetector } from "../../detection/change-detector.ts";
import { decideHeldFlags, listHeldFlags } from "../../detection/held-flags.ts";
import { listDetectors } from "../../detection/list-detectors.ts";
import { detectorModes } from "../../rules/vocabulary.ts";
import { operation } from "../operation.ts";
import { count, exampleIds, instant, uuid } from "../shapes.ts";

const tag = "Staff: detectors";
const detectorPath = "/staff/detectors/{detector}";

export const detectorOperations = [
  operation({
    id: "staff.detectors.list",
    method: "GET",
    path: "/staff/detectors",
    tag,
    summary: "List detectors with their settings, precision and flags of the last week",
    useCase: listDetectors,
    output: z.object({
      id: z.string(),
      title: z.string(),
      mode: z.enum(detectorModes),
      thresholds: z.record(z.string(), z.number()),
      right: count,
      unsanctioned: count,
      wrong: count,
      precision: z.number(),
      flagsThisWeek: count,
      shadowThisWeek: count,
      held: count,
    }),
    list: { items: (rows) => rows, key: (row: { id: string }) => row.id },
    example: {
      output: {
        id: "rate_excess",
        title: "Goes on above the rate limit",
        mode: "flags",
        thresholds: { minimumRefused: 100 },
        right: 41,
        unsanctioned: 6,
        wrong: 3,
        precision: 0.91,
        flagsThisWeek: 6,
        shadowThisWeek: 0,
        held: 0,
      },
    },
  }),
  operation({
    id: "staff.detectors.draft",
    method: "POST",
    path: `${detectorPath}/drafts`,
    tag,
    summary: "Draft a detector setting",
    description: "`keys` and `values` are its thresholds, in the same order. Nothing changes until it is published.",
    useCase: draftDetector,
    status: 201,
    output: z.object({ number: count, thresholds: z.record(z.string(), z.number()) }),
    example: {
      input: { mode: "shadow", keys: ["minimumRefused"], values: [200], note: "Too many flags at night." },
      output: { number: 4, thresholds: { minimumRefused: 200 } },
    },
  }),
  operation({
    id: "staff.detectors.publish",
    method: "POST",
    path: `${detectorPath}/publish`,
    tag,
    summary: "Publish the newest draft",
    description: "Takes effect on its next run. Not for automation keys.",
    useCase: publishDetector,
    output: z.object({ number: count }),
    example: { input: { number: 4 }, output: { number: 4 } },
  }),
  operation({
    id: "staff.heldFlags.list",
    method: "GET",
    path: "/staff/held-flags",
    tag,
    summary: "List flags held back because the provider may be the cause",
    useCase: listHeldFlags,
    output: z.object({
      id: uuid,
      detector: z.string(),
      accountId: uuid,
      accountName: z.string(),
      summary: z.string(),
      heldReason: z.string().nullable(),
      lastSeenAt: instant,
    }),
    list: { items: (rows) => rows, key: (row: { id: string }) => row.id },
    example: {
      output: {
        id: exampleIds.flag,
        detector: "spike",
        accountId: exampleIds.account,
        accountName: "Northwind Mail",
        summary: "12 times its usual hour",
        heldReason: "Right after a change of the limits",
        lastSeenAt: "2026-11-24T10:45:00.000Z",
      },
    },
  }),
  operation({
    id: "staff.heldFlags.decide",
    method: "POST",
    path: `${detectorPath}/held-flags`,
    tag,
    summary: "Decide on flags held back",
    description: "If the provider was the cause, the flags expire. If not, they join their cases.",
    useCase: decideHeldFlags,
    output: z.object({ flags: count }),
    example: { input: { isOurs: true }, output: { flags: 12 } },
  }),
];
