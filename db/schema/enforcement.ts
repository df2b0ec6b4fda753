import { sql } from "drizzle-orm";
import { bigint, boolean, index, integer, jsonb, pgTable, real, text, uniqueIndex, uuid } from "drizzle-orm/pg-core";
import {
  actionStates,
  actionTypes,
  actorKinds,
  appealStates,
  reasonCodes,
  surfaces,
} from "../../core/rules/vocabulary.ts";
import { abuseCase } from "./abuse.ts";
import { account } from "./accounts.ts";
import { staffKey } from "./api.ts";
import { user } from "./auth.ts";
import { createdAt, instant, oneOf } from "./columns.ts";
import { policyVersion } from "./policy.ts";
import { endpoint } from "./provider.ts";
import { token } from "./tokens.ts";

/** One act on many accounts, to be undone as one. */
export const actionBatch = pgTable("action_batch", {
  id: uuid().primaryKey().defaultRandom(),
  type: text({ enum: actionTypes }).notNull(),
  reasonCode: text({ enum: reasonCodes }).notNull(),
  accounts: integer().notNull(),
  /** Accounts that were chosen and not acted on: `[{ accountId, why }]`. */
  leftOut: jsonb().notNull().default([]),
  createdByUserId: uuid().references(() => user.id),
  createdAt: createdAt(),
  undoneAt: instant(),
});

/** One enforcement decision. It changes no token and no limit, so that lifting it restores exactly what was. */
export const action = pgTable(
  "action",
  {
    id: uuid().primaryKey().defaultRandom(),
    accountId: uuid()
      .notNull()
      .references(() => account.id),
    caseId: uuid().references(() => abuseCase.id),
    type: text({ enum: actionTypes }).notNull(),
    state: text({ enum: actionStates }).notNull(),
    /** At most one of surface, token and endpoint narrows it; none = the whole account. */
    surface: text({ enum: surfaces }),
    tokenId: uuid().references(() => token.id),
    endpointId: integer().references(() => endpoint.id),
    /** Throttle only: limits are multiplied by it, 0 < factor < 1. */
    factor: real(),
    reasonCode: text({ enum: reasonCodes }).notNull(),
    policyVersionId: integer()
      .notNull()
      .references(() => policyVersion.id),
    /** Clause number in that version. */
    policyClause: text().notNull(),
    /** What the owner reads. */
    publicText: text().notNull(),
    /** What only staff read. */
    internalNote: text().notNull(),
    /** Counts, detector versions and limits as they were; sealed by evidenceHash. */
    evidence: jsonb().notNull(),
    /** SHA-256, hex, of the canonical JSON of evidence. */
    evidenceHash: text().notNull(),
    /** True = the owner is not told until noticeDueAt. */
    isSilent: boolean().notNull().default(false),
    noticeDueAt: instant(),
    /** Why the owner is not told yet; staff only. */
    silenceReason: text(),
    /** What it means for the bill, in the words shown before confirming. */
    billingConsequence: text().notNull(),
    effectiveAt: instant().notNull(),
    /** Null = no end. Evaluated at request time. */
    endsAt: instant(),
    /** Emergency lane: one person alone put it in force; it ends then unless a second one confirms. Null = no emergency. */
    lapsesAt: instant(),
    /** The end it gets when confirmed; null = for good. Only with lapsesAt. */
    wantedEndsAt: instant(),
    /** The action that this one takes the place of when it is applied. */
    replacesActionId: uuid(),
    /** Time already served under actions it replaced, credited against its own end. */
    servedSeconds: bigint({ mode: "number" }).notNull().default(0),
    /** Termination: when the wind-down is over and the tokens are destroyed. */
    windDownEndsAt: instant(),
    /** Set when it came with others in one act. */
    batchId: uuid().references(() => actionBatch.id),
    authorUserId: uuid()
      .notNull()
      .references(() => user.id),
    /** The key it was imposed with; null = by the person on a screen. */
    authorKeyId: uuid().references(() => staffKey.id),
    approverUserId: uuid().references(() => user.id),
    createdAt: createdAt(),
    /** The account's standing version that carries this action; gates confirm it. Null while not in force. */
    standingVersion: bigint({ mode: "number" }),
    /** When the change was committed. */
    appliedAt: instant(),
    /** When the last live gate confirmed. */
    confirmedAt: instant(),
    /** Since when a live gate is overdue with its confirmation; null = none is. */
    overdueAt: instant(),
    endedAt: instant(),
    endedByUserId: uuid().references(() => user.id),
    endReason: text(),
    /** Optimistic lock. */
    version: integer().notNull().default(1),
  },
  (t) => [
    index("action_by_account").on(t.accountId, t.createdAt),
    index("action_by_case").on(t.caseId),
    index("action_by_state").on(t.state, t.endsAt),
    index("action_by_batch").on(t.batchId),
    oneOf("action_type", t.type, actionTypes),
    oneOf("action_state", t.state, actionStates),
    oneOf("action_reason", t.reasonCode, reasonCodes),
  ],
);

/** A message to the account. */
export const notice = pgTable(
  "notice",
  {
    id: uuid().primaryKey().defaultRandom(),
    accountId: uuid()
      .notNull()
      .references(() => account.id),
    actionId: uuid().references(() => action.id),
    /** `action.applied`, `action.lifted`, `action.expired` … */
    kind: text().notNull(),
    subject: text().notNull(),
    body: text().notNull(),
    createdAt: createdAt(),
    /** When the mails to the members were written; null = not yet. */
    mailedAt: instant(),
    /** The act was undone before the mails went out. */
    withdrawnAt: instant(),
    acknowledgedAt: instant(),
    acknowledgedByUserId: uuid().references(() => user.id),
  },
  (t) => [index("notice_by_account").on(t.accountId, t.createdAt)],
);

/** The account's objection to one action. One open at a time per action. */
export const appeal = pgTable(
  "appeal",
  {
    id: uuid().primaryKey().defaultRandom(),
    accountId: uuid()
      .notNull()
      .references(() => account.id),
    actionId: uuid()
      .notNull()
      .references(() => action.id),
    caseId: uuid().references(() => abuseCase.id),
    state: text({ enum: appealStates }).notNull(),
    /** The three things the form asks: cause, what was changed, why it cannot happen again. */
    cause: text().notNull(),
    changed: text().notNull(),
    prevention: text().notNull(),
    submittedByUserId: uuid().references(() => user.id),
    createdAt: createdAt(),
    /** When it should be decided. */
    dueAt: instant().notNull(),
    assigneeUserId: uuid().references(() => user.id),
    decidedAt: instant(),
    decidedByUserId: uuid().references(() => user.id),
    /** What the owner reads about the decision. */
    decisionText: text(),
    version: integer().notNull().default(1),
  },
  (t) => [
    uniqueIndex("appeal_one_open")
      .on(t.actionId)
      .where(sql`${t.state} in ('submitted', 'assigned', 'waiting_for_owner')`),
    index("appeal_by_account").on(t.accountId, t.createdAt),
    index("appeal_by_state").on(t.state, t.dueAt),
    oneOf("appeal_state", t.state, appealStates),
  ],
);

/** What owner and staff write to each other in an appeal. Append only: the database refuses updates and deletes. */
export const appealMessage = pgTable(
  "appeal_message",
  {
    id: bigint({ mode: "number" }).primaryKey().generatedAlwaysAsIdentity(),
    appealId: uuid()
      .notNull()
      .references(() => appeal.id),
    at: createdAt(),
    authorKind: text({ enum: actorKinds }).notNull(),
    authorUserId: uuid(),
    /** Name as it was then; the owner sees it as "the provider" when staff wrote. */
    authorName: text().notNull(),
    text: text().notNull(),
  },
  (t) => [index("appeal_message_by_appeal").on(t.appealId, t.id)],
);
