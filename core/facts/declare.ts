import { z } from "zod";
import type { EventReach } from "../rules/vocabulary.ts";

/** Who may learn of a fact: the people of the account it concerns and staff, or staff only. */
export type Audience = "account" | "staff";

/** What a fact is about. Its id is written beside it as `tokenId`, `actionId` and so on. */
export type Subject =
  | "account"
  | "account_domain"
  | "action"
  | "alert"
  | "alert_rule"
  | "appeal"
  | "batch"
  | "case"
  | "detector"
  | "email"
  | "endpoint"
  | "export"
  | "filter"
  | "investigation"
  | "flag"
  | "gateway_credential"
  | "identity_provider"
  | "integration"
  | "invitation"
  | "leak_report"
  | "limit_request"
  | "load"
  | "mail"
  | "masked"
  | "notice"
  | "override"
  | "plan"
  | "provider"
  | "report"
  | "report_mail"
  | "staff_key"
  | "token"
  | "user"
  | "webhook_delivery"
  | "webhook_endpoint";

/** The name under which a subject's id is written: `alertRuleId` of `alert_rule`. */
export function subjectIdName(subject: Subject): string {
  return `${subject.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase())}Id`;
}

/** One kind of thing that can happen, and everything that follows from its having happened. */
export type Declaration = {
  subject: Subject;
  /** Required, so that nothing reaches an account because somebody forgot to forbid it. */
  audience: Audience;
  /** Its name in the audit log, an act in the imperative such as `token.pause`; left out = it leaves no row of its own. */
  act?: string;
  /** Recorded by the worker round after round; whatever comes of a round is a fact of its own. */
  isRoutine?: true;
  /** The fields of `data` that the audit log keeps; all of them unless given. */
  keeps?: readonly string[];
  /** Ids and facts, never a secret. Whatever is not in here is refused. */
  data: z.ZodType<Record<string, unknown>>;
  /** A line in the timeline of the case it belongs to, when it belongs to one. */
  timeline?: true;
  /** Sent to webhook endpoints. */
  webhook?: Webhook;
  /** The gates read again, at commit, what they know of the account or of the provider. */
  gates?: "account" | "provider";
};

export type Webhook = {
  /** Its name for receivers; the fact's own unless given. Two facts that mean the same to a receiver share one. */
  type?: string;
  /** The fields of `data` that are sent, beside the id of the subject. */
  sends: readonly string[];
  /** Whose endpoints hear of it when the account may; everybody's unless given. */
  reach?: EventReach;
  /** One sentence for receivers, in the API document and docs/webhooks.md. */
  says: string;
};

/** Facts of a change that only the audit log keeps. */
export const details = z.record(z.string(), z.unknown());

/** Nothing beyond the subject's id. */
export const nothing = z.strictObject({});

/** A moment as JSON has it. */
export const moment = z.iso.datetime({ offset: true });

/** Keeps the exact type of a family of declarations while checking it. */
export function declare<const Family extends Record<string, Declaration>>(family: Family): Family {
  return family;
}
