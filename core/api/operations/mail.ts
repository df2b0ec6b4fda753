import { z } from "zod";
import { listUndeliveredMail } from "../../mail/list-undelivered-mail.ts";
import { resendFailedMail, resendMail } from "../../mail/resend-mail.ts";
import { operation } from "../operation.ts";
import { exampleIds, instant, uuid } from "../shapes.ts";

const tag = "Staff: mail";

export const mailOperations = [
  operation({
    id: "staff.mail.list",
    method: "GET",
    path: "/staff/mail",
    tag,
    summary: "List undelivered messages with the reason",
    description: "Addresses are masked.",
    useCase: listUndeliveredMail,
    output: z.object({
      id: uuid,
      kind: z.string(),
      accountId: uuid.nullable(),
      toAddress: z.string(),
      subject: z.string(),
      state: z.string(),
      attempts: z.number(),
      lastError: z.string().nullable(),
      createdAt: instant,
    }),
    list: { items: (rows) => rows, key: (row: { id: string }) => row.id },
    example: {
      output: {
        id: exampleIds.flag,
        kind: "notice",
        accountId: exampleIds.account,
        toAddress: "m…@example.com",
        subject: "Your account is suspended",
        state: "failed",
        attempts: 1,
        lastError: "550 no such user",
        createdAt: "2026-11-24T10:20:00.000Z",
      },
    },
  }),
  operation({
    id: "staff.mail.resend",
    method: "POST",
    path: "/staff/mail/{mailId}/resend",
    tag,
    summary: "Retry one message",
    useCase: resendMail,
    status: 204,
    output: null,
    example: { output: null },
  }),
  operation({
    id: "staff.mail.resendFailed",
    method: "POST",
    path: "/staff/mail/failed/resend",
    tag,
    summary: "Retry every failed message",
    description: "The oldest 500. Skips messages whose one-time link has expired.",
    useCase: resendFailedMail,
    output: z.object({ resent: z.number() }),
    example: { output: { resent: 3 } },
  }),
];
