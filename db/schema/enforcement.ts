import { bigint, boolean, index, integer, jsonb, pgTable, real, text, uuid } from "drizzle-orm/pg-core";
import { actionStates, actionTypes, reasonCodes, surfaces } from "../../core/rules/vocabulary.ts";
import { abuseCase } from "./abuse.ts";
import { account } from "./accounts.ts";
import { user } from "./auth.ts";
import { createdAt, instant, oneOf } from "./columns.ts";
import { policyVersion } from "./policy.ts";
import { endpoint } from "./provider.ts";
import { token } from "./tokens.ts";

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
    /** What it means for the bill, in the words shown before confirming. */
    billingConsequence: text().notNull(),
    effectiveAt: instant().notNull(),
    /** Null = no end. Evaluated at request time. */
    endsAt: instant(),
    authorUserId: uuid()
      .notNull()
      .references(() => user.id),
    approverUserId: uuid().references(() => user.id),
    createdAt: createdAt(),
    /** The account's standing version that carries this action; gates confirm it. Null while not in force. */
    standingVersion: bigint({ mode: "number" }),
    /** When the change was committed. */
    appliedAt: instant(),
    /** When the last live gate confirmed. */
    confirmedAt: instant(),
    endedAt: instant(),
    endedByUserId: uuid().references(() => user.id),
    endReason: text(),
    /** Optimistic lock. */
    version: integer().notNull().default(1),
  },
  (t) => [
    index("action_by_account").on(t.accountId, t.createdAt),
    index("action_by_state").on(t.state, t.endsAt),
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
    acknowledgedAt: instant(),
    acknowledgedByUserId: uuid().references(() => user.id),
  },
  (t) => [index("notice_by_account").on(t.accountId, t.createdAt)],
);
