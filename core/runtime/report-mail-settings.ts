import { z } from "zod";

const list = z
  .string()
  .transform((text) =>
    text
      .toLowerCase()
      .split(/[\s,]+/)
      .filter((one) => one !== ""),
  )
  .prefault("");

/** Variables of the report mailbox: reports of abuse that come by mail. */
export const reportMailSettings = {
  REPORT_MAILBOX_URL: z
    .string()
    .regex(/^imaps?:\/\/[^/@]+@[^/]+/, "must look like imaps://user:password@mail.example.com/INBOX")
    .optional()
    .describe(
      "Mailbox that the worker reads reports of abuse from, for example `imaps://abuse%40example.com:password@mail.example.com/INBOX` ([reports by mail](operations.md#reports-by-mail)). `imap://` uses STARTTLS, and no TLS on this machine only.",
    ),
  REPORT_MAILBOX_DONE: z
    .string()
    .min(1)
    .default("Gatehouse")
    .describe("Folder in that mailbox to which messages are moved that became reports; it is made when missing."),
  REPORT_MAIL_ADDRESS: z
    .email("must be an e-mail address")
    .optional()
    .describe("Address that reports of abuse are sent to. The SMTP door takes mail for it only."),
  REPORT_SMTP_PORT: z.coerce
    .number()
    .int()
    .min(1)
    .max(65535)
    .optional()
    .describe(
      "Port on which the worker takes reports by SMTP from your own mail server; needs `REPORT_MAIL_ADDRESS`. No sign-in, no TLS.",
    ),
  REPORT_SMTP_HOST: z
    .string()
    .min(1)
    .default("127.0.0.1")
    .describe("Address of that door. Leave it on loopback, or on a network that only your mail server reaches."),
  REPORT_AUTHSERV_ID: z
    .string()
    .regex(/^[\w.-]{1,200}$/, "must be the name your mail server writes into Authentication-Results")
    .optional()
    .describe(
      "Name by which your mail server signs its `Authentication-Results` headers (RFC 8601). It must remove such headers from mail that comes in with its name.",
    ),
  REPORT_FEEDBACK_SENDERS: list.describe(
    "Domains of feedback-loop operators, separated by commas. Their reports count as complaints without a person's confirmation, if `REPORT_AUTHSERV_ID` says that DKIM or SPF passed.",
  ),
};

type DoorSettings = {
  REPORT_SMTP_PORT?: number | undefined;
  REPORT_SMTP_HOST: string;
  REPORT_MAIL_ADDRESS?: string | undefined;
};

/** Where reports are taken by SMTP, and for whom; null = nowhere. Throws one sentence where it would take mail for nobody. */
export function reportDoor({
  REPORT_SMTP_PORT: port,
  REPORT_SMTP_HOST: host,
  REPORT_MAIL_ADDRESS: recipient,
}: DoorSettings) {
  if (port === undefined) return null;
  if (recipient === undefined)
    throw new Error("Configuration: REPORT_SMTP_PORT needs REPORT_MAIL_ADDRESS, the address that it takes mail for.");
  return { host, port, recipient };
}
