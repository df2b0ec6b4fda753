import { type SQL, sql } from "drizzle-orm";
import { undoneReason } from "../rules/standing/enforcement.ts";

/** Whose data is erased: an account, and the people who are in no other and not on the staff. */
export type ErasureScope = { accountId: string; persons: readonly { userId: string; email: string }[] };

type TableErasure = {
  rows: (scope: ErasureScope) => SQL;
  /** `delete` = the rows go. Otherwise what each column that can be personal becomes. */
  erased: "delete" | Record<string, SQL>;
  /** The other columns that could hold a text, and why they stay. */
  kept?: Record<string, string>;
};

const label = sql`'Erased'`;
const nothing = sql`null`;
const emptyList = sql`'{}'`;
/** Sealed columns may only become this; one that is empty stays so. */
const labelIfAny = (column: string) => sql`case when ${sql.identifier(column)} is not null then 'Erased' end`;

const word = "a word of a closed list";
const hash = "a hash or seal, of what is random or not personal";
const staffName = "a person of the provider";

const ofAccount = ({ accountId }: ErasureScope) => sql`account_id = ${accountId}`;
const ofToken = ({ accountId }: ErasureScope) =>
  sql`token_id in (select id from token where account_id = ${accountId})`;
const ofCase = ({ accountId }: ErasureScope) =>
  sql`case_id in (select id from abuse_case where account_id = ${accountId})`;
const listed = (texts: readonly string[]) => sql`(select jsonb_array_elements_text(${JSON.stringify(texts)}::jsonb))`;
const ofPerson = ({ persons }: ErasureScope) => sql`user_id::text in ${listed(persons.map((one) => one.userId))}`;
const byEmail =
  (column: string) =>
  ({ persons }: ErasureScope) =>
    sql`${sql.identifier(column)} in ${listed(persons.map((one) => one.email))}`;

/**
 * Every table with rows of accounts or their people, in the order in which an erasure goes through them: the one place that says what is
 * erased, and what stays and why. erasure-plan.db.test.ts holds it against the database, so that a new column is in it or fails.
 */
export const erasurePlan: Record<string, TableErasure> = {
  webhook_delivery: { rows: ofAccount, erased: "delete" },
  webhook_endpoint: { rows: ofAccount, erased: "delete" },
  outbox_event: { rows: ofAccount, erased: "delete" },
  mail: {
    rows: (scope) => sql`${ofAccount(scope)} or ${ofPerson(scope)} or ${byEmail("to_address")(scope)}`,
    erased: "delete",
  },
  invitation: { rows: ofAccount, erased: "delete" },
  portal_link: { rows: (scope) => sql`${ofAccount(scope)} or ${byEmail("email")(scope)}`, erased: "delete" },
  account_export: { rows: ofAccount, erased: "delete" },
  alert: { rows: ofAccount, erased: "delete" },
  alert_rule: { rows: ofAccount, erased: "delete" },
  limit_request: { rows: ofAccount, erased: "delete" },
  announced_load: { rows: ofAccount, erased: "delete" },
  self_cure: { rows: ofAccount, erased: "delete" },
  leak_report: { rows: ofAccount, erased: "delete" },
  shadow_signal: { rows: ofAccount, erased: "delete" },
  refusal: { rows: ofAccount, erased: "delete" },
  refusal_receipt: { rows: ofAccount, erased: "delete" },
  network_day: { rows: ofAccount, erased: "delete" },
  traffic_new: { rows: ofAccount, erased: "delete" },
  traffic_hour: { rows: ofAccount, erased: "delete" },
  traffic_day: { rows: ofAccount, erased: "delete" },
  recipient_hour: { rows: ofAccount, erased: "delete" },
  outcome: { rows: ofAccount, erased: "delete" },
  secret_use: {
    rows: (scope) => sql`secret_id in (select id from token_secret where ${ofToken(scope)})`,
    erased: "delete",
  },
  token_view: {
    rows: (scope) => sql`secret_id in (select id from token_secret where ${ofToken(scope)})`,
    erased: "delete",
  },
  token_last_use: { rows: ofToken, erased: "delete" },
  idempotent_answer: {
    rows: ({ accountId }) => sql`caller_id in (select id from token where account_id = ${accountId})`,
    erased: "delete",
  },
  case_reference: { rows: ofCase, erased: "delete" },
  integration: {
    rows: ofAccount,
    erased: {
      ...{ name: label, purpose: label, contact_email: sql`'erased@erased.invalid'`, privacy_policy_url: nothing },
      ...{ data_collected: emptyList, policy_problem: nothing },
    },
  },
  token: {
    rows: ofAccount,
    erased: { name: label, allowed_networks: emptyList, revoked_reason: nothing },
    kept: { scopes: "names of the provider's permissions" },
  },
  token_secret: {
    rows: ofToken,
    erased: {},
    kept: {
      hash,
      preview: "the last characters of a random secret, by which clients are still told that the account is closed",
    },
  },
  override: { rows: ofAccount, erased: { reason: label }, kept: { kind: word } },
  flag: {
    rows: ofAccount,
    erased: {
      ...{ scope_id: sql`id::text`, summary: label, evidence: sql`'{}'` },
      ...{ mute_reason: labelIfAny("mute_reason"), held_reason: labelIfAny("held_reason") },
    },
    kept: { detector: word, scope: word, state: word, dismiss_reason: word },
  },
  mail_intake: {
    rows: (scope) =>
      sql`${byEmail("from_address")(scope)} or report_id in (select id from report where ${ofAccount(scope)})`,
    erased: { from_address: nothing, subject: nothing },
    // What was taken must be known as taken when it is delivered again.
    kept: { digest: hash, door: word, state: word, refusal: word },
  },
  report: {
    rows: ofAccount,
    erased: {
      ...{ about: label, body: label, reporter_name: nothing, reporter_email: nothing },
      ...{ ip: nothing, outcome: labelIfAny("outcome"), answer: labelIfAny("answer") },
      ...{ evidence: nothing, attachments: nothing },
    },
    kept: { kind: word, state: word, source: word },
  },
  notice: { rows: ofAccount, erased: { subject: label, body: label }, kept: { kind: word } },
  appeal: {
    rows: ofAccount,
    erased: { cause: label, changed: label, prevention: label, decision_text: labelIfAny("decision_text") },
    kept: { state: word },
  },
  appeal_message: {
    rows: ({ accountId }) => sql`appeal_id in (select id from appeal where account_id = ${accountId})`,
    erased: { author_name: label, text: label },
    kept: { author_kind: word },
  },
  action: {
    rows: ofAccount,
    erased: {
      ...{
        public_text: label,
        internal_note: label,
        evidence: sql`'{}'`,
        silence_reason: labelIfAny("silence_reason"),
      },
      // The statistics ask for this one.
      end_reason: sql`case when end_reason = ${undoneReason} then end_reason when end_reason is not null then 'Erased' end`,
    },
    kept: {
      ...{ type: word, state: word, surface: word, reason_code: word, evidence_hash: hash },
      ...{ policy_clause: "a clause of the provider's policy", billing_consequence: "one of the product's sentences" },
    },
  },
  view_event: {
    rows: ofAccount,
    erased: { reason: nothing },
    kept: { user_name: staffName, role: word, what: word, subject_id: "an id", request_id: "an id" },
  },
  member: { rows: ofAccount, erased: "delete" },
  account_domain: { rows: ofAccount, erased: "delete" },
  identity_provider: { rows: ofAccount, erased: "delete" },
  person_identity: { rows: ofPerson, erased: "delete" },
  passkey: { rows: ofPerson, erased: "delete" },
  session: { rows: (scope) => sql`${ofAccount(scope)} or ${ofPerson(scope)}`, erased: "delete" },
  recovery_code: { rows: ofPerson, erased: "delete" },
  password_reset: { rows: ofPerson, erased: "delete" },
  sign_in_link: { rows: ofPerson, erased: "delete" },
  second_step_removal: { rows: ofPerson, erased: "delete" },
  sign_in_failure: { rows: byEmail("email"), erased: "delete" },
  user: {
    rows: ({ persons }) => sql`id::text in ${listed(persons.map((one) => one.userId))}`,
    erased: {
      ...{ email: sql`'erased-' || id || '@erased.invalid'`, name: label, password_hash: nothing, time_zone: nothing },
      ...{ totp_sealed: nothing, disabled_reason: nothing },
    },
  },
  account: {
    rows: ({ accountId }) => sql`id = ${accountId}`,
    erased: {
      ...{ external_id: nothing, name: sql`'Erased account'`, slug: sql`'erased-' || id`, closed_reason: nothing },
      allowed_networks: emptyList,
    },
  },
};

/** Records that only the database itself may erase in (erase_records), with what stays in them. */
export const erasedRecords: Record<string, Record<string, string>> = {
  audit_event: {
    ...{
      actor_kind: word,
      action: word,
      subject_kind: word,
      subject_id: "an id; addresses are erased",
      request_id: "an id",
      hash,
    },
    ...{ actor_name: `${staffName}; others are erased`, data: "numbers, flags and seals; the rest is erased" },
    ...{ ip: "of people of the provider; others are erased", salt: "erased" },
  },
  case_event: {
    ...{ type: word, actor_kind: word, sealed_hash: hash, salt: "erased" },
    ...{ actor_name: `${staffName}; others are erased`, data: "numbers, flags and seals; the rest is erased" },
  },
};

/** Tables that go with the rows of others. */
export const erasedWith: Record<string, string> = {
  export_chunk: "account_export",
  webhook_secret: "webhook_endpoint",
  webhook_attempt: "webhook_delivery",
};

/** Tables whose texts are nobody's of an account, and why. */
export const notPersonal: Record<string, string> = {
  abuse_case: word,
  action_batch: "ids of accounts, and the product's sentences why they were left out",
  limit_fact: word,
  standing_confirmation: "names of gates",
  usage_minute: word,
  usage_hour: word,
  usage_day: word,
  spent_once: hash,
  unknown_attempt: "networks of calls that named no account",
  ...Object.fromEntries(
    [
      "detector_config",
      "endpoint",
      "gate",
      "gateway_credential",
      "journal",
      "journal_position",
      "plan",
      "policy_document",
    ]
      .concat([
        "policy_version",
        "saved_filter",
        "investigation_view",
        "scope",
        "staff_key",
        "staff_member",
        "usage_import",
      ])
      .map((table) => [table, "the provider's own"]),
  ),
};
