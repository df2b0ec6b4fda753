import type { ExportFileName } from "../../core/rules/vocabulary.ts";

/** The first lines of an export's README. */
export function exportIntro(at: Date): string {
  return `Everything Gatehouse keeps about this account, as of ${at.toISOString()}.\nOne JSON object per line. Times are in UTC.`;
}

/** The contents of each file of an export. */
export const exportFiles: Record<ExportFileName, string> = {
  "account.jsonl": "The account and its plan.",
  "members.jsonl": "Its members and their roles.",
  "tokens.jsonl": "Every token, with its scopes and last use. Secrets are not kept, so none are here.",
  "integrations.jsonl": "The programs that use the API.",
  "invitations.jsonl": "Invitations to the account.",
  "webhooks.jsonl": "Webhook endpoints, without signing secrets.",
  "webhook-deliveries.jsonl": "Webhook deliveries, as far back as they are kept.",
  "alert-rules.jsonl": "When the account wants to be alerted.",
  "alerts.jsonl": "Alerts that were sent.",
  "notices.jsonl": "Messages from the provider.",
  "actions.jsonl": "Actions the account has been notified about.",
  "appeals.jsonl": "Appeals against actions, with their messages.",
  "self-cures.jsonl": "Fixes the account reported.",
  "announced-loads.jsonl": "Loads the account announced.",
  "limit-requests.jsonl": "Larger limits the account asked for, with the answers.",
  "usage-by-day.jsonl": "Requests per UTC day, token, endpoint, surface and outcome.",
  "usage-by-hour.jsonl": "The same per hour.",
  "refusals.jsonl": "Refused requests with their receipts, as far back as they are kept.",
  "networks.jsonl": "Networks each token was used from, per day.",
  "audit.jsonl": "The audit log of the account, as its pages show it.",
};
