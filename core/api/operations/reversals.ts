import { z } from "zod";
import { reasonCodes } from "../../rules/vocabulary.ts";
import { listReversals, listReversalsByPerson } from "../../staff/list-reversals.ts";
import { operation } from "../operation.ts";
import { count, exampleIds, uuid } from "../shapes.ts";

const tag = "Staff: cases";
const figures = {
  onAppeal: count.describe("An appeal was granted, in whole or in part."),
  ourFault: count.describe("Lifted, and the case closed as the provider's fault."),
};
const example = { onAppeal: 2, ourFault: 1 };

export const reversalOperations = [
  operation({
    ...{ id: "staff.reversals.get", method: "GET", path: "/staff/reversals", tag },
    summary: "Count reversed actions of the last 90 days by reason and detector",
    useCase: listReversals,
    output: z.object({
      days: count,
      reasons: z.array(z.object({ reasonCode: z.enum(reasonCodes), ...figures, imposed: count })),
      detectors: z.array(z.object({ detector: z.string(), title: z.string(), ...figures })),
    }),
    example: {
      output: {
        days: 90,
        reasons: [{ reasonCode: "probing", ...example, imposed: 31 }],
        detectors: [{ detector: "probing", title: "Probing", ...example }],
      },
    },
  }),
  operation({
    ...{ id: "staff.reversals.byPerson", method: "GET", path: "/staff/reversals/by-person", tag },
    summary: "Count reversed actions of the last 90 days by who imposed them",
    description: "For leads and admins. Not for automation keys.",
    useCase: listReversalsByPerson,
    output: z.object({ userId: uuid, name: z.string(), ...figures, imposed: count }),
    list: { items: (rows) => rows, key: (row: { userId: string }) => row.userId },
    example: { output: { userId: exampleIds.user, name: "Mia Roth", ...example, imposed: 18 } },
  }),
];
