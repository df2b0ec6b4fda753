import { sql } from "drizzle-orm";
import { bigint, index, integer, jsonb, pgTable, text, uniqueIndex, uuid } from "drizzle-orm/pg-core";
import { actorKinds, caseOutcomes, caseStates, flagScopes, flagStates } from "../../core/rules/vocabulary.ts";
import { account } from "./accounts.ts";
import { user } from "./auth.ts";
import { createdAt, instant, oneOf } from "./columns.ts";

/** Everything open about one account. One open case per account. */
export const abuseCase = pgTable(
  "abuse_case",
  {
    id: uuid().primaryKey().defaultRandom(),
    accountId: uuid()
      .notNull()
      .references(() => account.id),
    state: text({ enum: caseStates }).notNull(),
    outcome: text({ enum: caseOutcomes }),
    assigneeUserId: uuid().references(() => user.id),
    /** A claim renews while the page is open and lapses at this time. */
    claimedUntil: instant(),
    snoozedUntil: instant(),
    openedAt: createdAt(),
    closedAt: instant(),
    /** Optimistic lock: every write names the version it read. */
    version: integer().notNull().default(1),
    updatedByUserId: uuid().references(() => user.id),
    updatedAt: createdAt(),
  },
  (t) => [
    uniqueIndex("abuse_case_one_open").on(t.accountId).where(sql`${t.state} <> 'closed'`),
    index("abuse_case_queue").on(t.state, t.openedAt),
    index("abuse_case_by_account").on(t.accountId, t.openedAt),
    oneOf("abuse_case_state", t.state, caseStates),
    oneOf("abuse_case_outcome", t.outcome, caseOutcomes),
  ],
);

/** All signals with one key: account + detector + scope. */
export const flag = pgTable(
  "flag",
  {
    id: uuid().primaryKey().defaultRandom(),
    accountId: uuid()
      .notNull()
      .references(() => account.id),
    caseId: uuid().references(() => abuseCase.id),
    detector: text().notNull(),
    detectorVersion: integer().notNull(),
    scope: text({ enum: flagScopes }).notNull(),
    /** Id of the token, endpoint or network; the account's id when the scope is the account. */
    scopeId: text().notNull(),
    state: text({ enum: flagStates }).notNull(),
    /** 1 to 3. */
    severity: integer().notNull(),
    /** Signals folded into this flag. */
    count: integer().notNull().default(1),
    /** One sentence with the numbers, from the latest signal. */
    summary: text().notNull(),
    /** Numbers of the latest signal, as the detector gave them. */
    evidence: jsonb().notNull(),
    firstSeenAt: instant().notNull(),
    lastSeenAt: instant().notNull(),
    decidedAt: instant(),
    decidedByUserId: uuid().references(() => user.id),
    dismissReason: text(),
  },
  (t) => [
    uniqueIndex("flag_one_open_per_key")
      .on(t.accountId, t.detector, t.scope, t.scopeId)
      .where(sql`${t.state} in ('open', 'recovering', 'in_case')`),
    index("flag_by_case").on(t.caseId),
    index("flag_by_detector").on(t.detector, t.state),
    oneOf("flag_scope", t.scope, flagScopes),
    oneOf("flag_state", t.state, flagStates),
  ],
);

/** What happened in a case, in order. Append only: the database refuses updates and deletes. */
export const caseEvent = pgTable(
  "case_event",
  {
    id: bigint({ mode: "number" }).primaryKey().generatedAlwaysAsIdentity(),
    caseId: uuid()
      .notNull()
      .references(() => abuseCase.id),
    at: createdAt(),
    /** `case.opened`, `flag.raised`, `note.added`, `action.applied` … */
    type: text().notNull(),
    actorKind: text({ enum: actorKinds }).notNull(),
    actorUserId: uuid(),
    /** Name as it was then. */
    actorName: text().notNull(),
    data: jsonb().notNull(),
  },
  (t) => [index("case_event_by_case").on(t.caseId, t.id), oneOf("case_event_actor", t.actorKind, actorKinds)],
);
