import { z } from "zod";
import { reportLeak } from "../../intake/report-leak.ts";
import { operation } from "../operation.ts";

export const intakeOperations = [
  operation({
    id: "intake.leakedToken",
    method: "POST",
    path: "/intake/leaked-token",
    tag: "Intake",
    summary: "Report a token found in public",
    description:
      "Having it is proof enough. A live token stops at once and its owner is told; the answer is the same whether it exists or not.",
    useCase: reportLeak,
    isPublic: true,
    status: 201,
    output: z.object({ taken: z.literal(true) }),
    body: () => ({ taken: true }),
    example: { input: { token: "gth_…", url: "https://git.example.com/repo/blob/main/.env" }, output: { taken: true } },
  }),
];
