import { z } from "zod";
import { draftDetector, publishDetector } from "../../detection/change-detector.ts";
import { decideHeldFlags, listHeldFlags } from "../../detection/held-flags.ts";
import { listDetectors } from "../../detection/list-detectors.ts";
import { previewDetector } from "../../detection/preview-detector.ts";
import { restoreDetector } from "../../detection/restore-detector.ts";
import { thresholdUnits } from "../../rules/detectors/threshold-bounds.ts";
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
      rule: z.string().describe("Its thresholds in words."),
      thresholds: z.record(z.string(), z.number()),
      fields: z.array(
        z.object({
          key: z.string(),
          label: z.string(),
          meaning: z.string(),
          unit: z.enum(thresholdUnits).describe("What it counts; a `share` is a fraction of one."),
          least: z.number(),
          most: z.number(),
          shipped: z.number(),
          value: z.number().describe("In force."),
        }),
      ),
      right: count,
      unsanctioned: count,
      wrong: count,
      precision: z.number(),
      flagsThisWeek: count,
      shadowThisWeek: count,
      held: count,
      heldReasons: z.array(z.string()),
      hasFallen: z.boolean().describe("Wrong too often, so in shadow until a lead decides."),
    }),
    list: { items: (rows) => rows, key: (row: { id: string }) => row.id },
    example: {
      output: {
        id: "rate_excess",
        title: "Over the rate limit",
        mode: "flags",
        rule: "Flags a token, or an account over all its tokens, when the rate limit refused at least 20% of its requests within 10 minutes and 10% within 60 minutes, at least 100 of them. Severity 2 from 50% within 60 minutes.",
        thresholds: { minimumRefused: 100 },
        fields: [
          {
            ...{
              key: "minimumRefused",
              label: "Fewest refusals in 60 minutes",
              meaning: "Less than this says nothing.",
            },
            ...{ unit: "requests", least: 1, most: 1_000_000, shipped: 100, value: 100 },
          },
        ],
        right: 41,
        unsanctioned: 6,
        wrong: 3,
        precision: 0.91,
        flagsThisWeek: 6,
        shadowThisWeek: 0,
        held: 0,
        heldReasons: [],
        hasFallen: false,
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
    id: "staff.detectors.preview",
    method: "POST",
    path: `${detectorPath}/preview`,
    tag,
    summary: "Preview what thresholds would have flagged in the last 7 days",
    description:
      "Changes nothing. `accuracy` says how well the records can tell: `at_least`, `about`, or `untold`. It stops after five seconds; `looked` of `candidates` accounts were then looked at.",
    useCase: previewDetector,
    output: z.object({
      detector: z.string(),
      days: count,
      rule: z.string(),
      accuracy: z.enum(["at_least", "about", "untold"]),
      candidates: count.nullable(),
      looked: count,
      inForce: count,
      proposed: count,
      accounts: z.array(
        z.object({
          accountId: uuid,
          accountName: z.string(),
          inForce: z.boolean(),
          proposed: z.boolean(),
          verdict: z.enum(["confirmed", "cleared"]).nullable(),
        }),
      ),
    }),
    example: {
      input: { keys: ["requestsPerHour"], values: [50] },
      output: {
        detector: "dead_token_use",
        days: 7,
        rule: "Flags a token that is called at least 50 times within 60 minutes after it was revoked or expired.",
        accuracy: "at_least",
        candidates: 12,
        looked: 12,
        inForce: 2,
        proposed: 3,
        accounts: [
          {
            ...{ accountId: exampleIds.account, accountName: "Northwind Mail" },
            ...{ inForce: false, proposed: true, verdict: "cleared" },
          },
        ],
      },
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
    id: "staff.detectors.restore",
    method: "POST",
    path: `${detectorPath}/restore`,
    tag,
    summary: "Put back a detector that fell into shadow",
    description:
      "It flags again as it was set, and what was decided before cannot make it fall again. Not for automation keys.",
    useCase: restoreDetector,
    output: z.object({ number: count }),
    example: { input: { reason: "One campaign caused the wrong flags." }, output: { number: 5 } },
  }),
  operation({
    id: "staff.heldFlags.list",
    method: "GET",
    path: "/staff/held-flags",
    tag,
    summary: "List flags held back: the provider may be the cause, or there were too many",
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
