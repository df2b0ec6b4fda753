import type { Trust } from "../rules/mail-intake/trusted-feedback.ts";
import { env, mailFrom, publicUrl } from "../runtime/env.ts";

/** What the intake knows of its operator. */
export type IntakeSettings = {
  trust: Trust;
  /** Addresses that messages of Gatehouse itself come from, and the host of their Message-IDs. */
  ownAddresses: readonly string[];
  ownHost: string;
};

export function intakeSettings(): IntakeSettings {
  const { REPORT_FEEDBACK_SENDERS, REPORT_AUTHSERV_ID, REPORT_MAIL_ADDRESS } = env();
  const sender = /<([^<>]+)>\s*$/.exec(mailFrom())?.[1] ?? mailFrom();
  return {
    trust: { senders: REPORT_FEEDBACK_SENDERS, authservId: REPORT_AUTHSERV_ID ?? null },
    ownAddresses: [sender, ...(REPORT_MAIL_ADDRESS ? [REPORT_MAIL_ADDRESS] : [])].map((one) => one.toLowerCase()),
    ownHost: new URL(publicUrl()).hostname,
  };
}
