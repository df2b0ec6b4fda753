import { sql } from "drizzle-orm";
import {
  bigint,
  boolean,
  date,
  index,
  inet,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  uniqueIndex,
  uuid,
} from "drizzle-orm/pg-core";
import {
  actorKinds,
  caseOutcomes,
  caseStates,
  detectorModes,
  flagScopes,
  flagStates,
  reportKinds,
  reportStates,
} from "../../core/rules/vocabulary.ts";
import { reportSources } from "../../core/rules/vocabulary-intake.ts";
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
    /** Null while snoozed = until the next signal. */
    snoozedUntil: instant(),
    /** How often it has been put off. */
    snoozeCount: integer().notNull().default(0),
    /** The closed case of the same account before this one. */
    previousCaseId: uuid(),
    /** When staff were last reminded that it waits. */
    remindedAt: instant(),
    /** When staff were last mailed about it. */
    mailedAt: instant(),
    openedAt: createdAt(),
    /** When a new flag last reopened it; null = never. What was done before is of the round before. */
    reopenedAt: instant(),
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
    index("abuse_case_closed").on(t.closedAt).where(sql`${t.state} = 'closed'`),
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
    /** Minutes of traffic in which it was seen, at least. */
    count: integer().notNull().default(1),
    /** One sentence with the numbers, from the latest signal. */
    summary: text().notNull(),
    /** Numbers of the latest signal, as the detector gave them; `magnitude` is the most there was. */
    evidence: jsonb().notNull(),
    /** When it was raised; the two after it are of the traffic. */
    raisedAt: createdAt(),
    firstSeenAt: instant().notNull(),
    lastSeenAt: instant().notNull(),
    /** When it last joined a case; null = it never did, or before this was kept. */
    joinedAt: instant(),
    decidedAt: instant(),
    decidedByUserId: uuid().references(() => user.id),
    dismissReason: text(),
    /** Muted: the key stays silent until then. */
    mutedUntil: instant(),
    muteReason: text(),
    /** Set while the flag is kept out of the queue, because the cause may be ours or there are too many; says why. */
    heldReason: text(),
  },
  (t) => [
    uniqueIndex("flag_one_open_per_key")
      .on(t.accountId, t.detector, t.scope, t.scopeId)
      .where(sql`${t.state} in ('open', 'recovering', 'in_case')`),
    index("flag_by_case").on(t.caseId),
    index("flag_by_detector").on(t.detector, t.state),
    index("flag_joined").on(t.detector, t.joinedAt).where(sql`${t.joinedAt} is not null`),
    index("flag_muted").on(t.mutedUntil).where(sql`${t.state} = 'muted'`),
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
    /** As in audit_event. */
    salt: text(),
    erasureId: uuid(),
    /** With an erasure: the hash of the row as it was, which the audit chain holds. */
    sealedHash: text(),
  },
  (t) => [
    index("case_event_by_case").on(t.caseId, t.id),
    /** Who closed how many, for the figures of the team. */
    index("case_event_closed").on(t.at, t.actorUserId).where(sql`${t.type} = 'case.closed'`),
    oneOf("case_event_actor", t.actorKind, actorKinds),
  ],
);

/** Who has a case open in a browser. A row is renewed while the page is open. */
export const caseViewer = pgTable(
  "case_viewer",
  {
    caseId: uuid()
      .notNull()
      .references(() => abuseCase.id),
    userId: uuid()
      .notNull()
      .references(() => user.id, { onDelete: "cascade" }),
    seenAt: instant().notNull(),
  },
  (t) => [primaryKey({ columns: [t.caseId, t.userId] })],
);

/** A ticket elsewhere that belongs to a case. */
export const caseReference = pgTable(
  "case_reference",
  {
    id: uuid().primaryKey().defaultRandom(),
    caseId: uuid()
      .notNull()
      .references(() => abuseCase.id),
    label: text().notNull(),
    /** http or https; null = the label alone finds it. */
    url: text(),
    createdByUserId: uuid().references(() => user.id),
    createdAt: createdAt(),
    removedAt: instant(),
  },
  (t) => [index("case_reference_by_case").on(t.caseId)],
);

/** A search of the queue that the team shares. */
export const savedFilter = pgTable("saved_filter", {
  id: uuid().primaryKey().defaultRandom(),
  name: text().notNull(),
  /** Query string of the queue's address. */
  query: text().notNull(),
  createdByUserId: uuid().references(() => user.id),
  createdAt: createdAt(),
});

/** A view of what the gate has recorded: its author's own, or one that the desk shares. */
export const investigationView = pgTable(
  "investigation_view",
  {
    id: uuid().primaryKey().defaultRandom(),
    name: text().notNull(),
    /** Query string of the page's address. */
    query: text().notNull(),
    isShared: boolean().notNull(),
    createdByUserId: uuid()
      .notNull()
      .references(() => user.id),
    createdAt: createdAt(),
  },
  (t) => [index("investigation_view_by_person").on(t.createdByUserId)],
);

/** Thresholds of a detector. The published row with the highest number is in force; without one the code's own defaults are. */
export const detectorConfig = pgTable(
  "detector_config",
  {
    id: uuid().primaryKey().defaultRandom(),
    detector: text().notNull(),
    /** 1, 2, 3 … within the detector. */
    number: integer().notNull(),
    mode: text({ enum: detectorModes }).notNull(),
    /** Only what differs from the code's defaults. */
    thresholds: jsonb().notNull(),
    /** Why it was changed. */
    note: text().notNull(),
    createdByUserId: uuid().references(() => user.id),
    createdAt: createdAt(),
    /** Null = a draft. */
    publishedAt: instant(),
    publishedByUserId: uuid().references(() => user.id),
  },
  (t) => [
    uniqueIndex("detector_config_number").on(t.detector, t.number),
    oneOf("detector_config_mode", t.mode, detectorModes),
  ],
);

/** What a detector in shadow would have flagged: one row per key and day. */
export const shadowSignal = pgTable(
  "shadow_signal",
  {
    detector: text().notNull(),
    day: date({ mode: "string" }).notNull(),
    accountId: uuid().notNull(),
    scope: text({ enum: flagScopes }).notNull(),
    scopeId: text().notNull(),
    severity: integer().notNull(),
    summary: text().notNull(),
    lastSeenAt: instant().notNull(),
  },
  (t) => [primaryKey({ columns: [t.detector, t.day, t.accountId, t.scope, t.scopeId] })],
);

/** A message of a person about abuse of the API or about a weakness in it. */
export const report = pgTable(
  "report",
  {
    id: uuid().primaryKey().defaultRandom(),
    kind: text({ enum: reportKinds }).notNull(),
    state: text({ enum: reportStates }).notNull(),
    /** What it is about, in the reporter's words: an address, a receipt, a sender. */
    about: text().notNull(),
    body: text().notNull(),
    reporterName: text(),
    /** Null = wants no answer. */
    reporterEmail: text(),
    ip: inet(),
    accountId: uuid().references(() => account.id),
    caseId: uuid().references(() => abuseCase.id),
    assigneeUserId: uuid().references(() => user.id),
    /** What came of it, for staff. */
    outcome: text(),
    /** When the reporter was written that it has arrived; null = no address, or a bound of such mail. */
    acknowledgedAt: instant(),
    /** What the reporter was told at the end; null = nothing. */
    answer: text(),
    answeredAt: instant(),
    source: text({ enum: reportSources }).notNull().default("form"),
    /** Of one that came by mail: the feedback report's fields, and the reported message's headers and the beginning of its text. Text only. */
    evidence: text(),
    /** Of one that came by mail: what was attached, without what is in it. */
    attachments: jsonb().$type<{ name: string; type: string; sizeBytes: number }[]>(),
    /** Complaints of recipients that it stands for; 0 = it is none of a feedback loop. */
    complaints: integer().notNull().default(0),
    /** Since when they count against the account; null = not yet. */
    complaintsCountedAt: instant(),
    createdAt: createdAt(),
    closedAt: instant(),
    version: integer().notNull().default(1),
  },
  (t) => [
    index("report_by_state").on(t.state, t.createdAt),
    // For the bounds of mail to reporters, which look at the last day.
    index("report_acknowledged").on(t.acknowledgedAt).where(sql`acknowledged_at is not null`),
    index("report_answered").on(t.answeredAt).where(sql`answered_at is not null`),
    index("report_by_ip").on(t.ip, t.createdAt),
    index("report_by_case").on(t.caseId),
    oneOf("report_kind", t.kind, reportKinds),
    oneOf("report_state", t.state, reportStates),
    oneOf("report_source", t.source, reportSources),
  ],
);

/** An owner says that the cause is fixed: counting starts again from here. */
export const selfCure = pgTable(
  "self_cure",
  {
    id: uuid().primaryKey().defaultRandom(),
    accountId: uuid()
      .notNull()
      .references(() => account.id),
    /** What was changed. */
    text: text().notNull(),
    createdByUserId: uuid().references(() => user.id),
    createdAt: createdAt(),
  },
  (t) => [index("self_cure_by_account").on(t.accountId, t.createdAt)],
);

/** A load the owner has announced, so that it is not taken for abuse. It raises no limit. */
export const announcedLoad = pgTable(
  "announced_load",
  {
    id: uuid().primaryKey().defaultRandom(),
    accountId: uuid()
      .notNull()
      .references(() => account.id),
    startsAt: instant().notNull(),
    endsAt: instant().notNull(),
    reason: text().notNull(),
    createdByUserId: uuid().references(() => user.id),
    createdAt: createdAt(),
    cancelledAt: instant(),
  },
  (t) => [index("announced_load_by_account").on(t.accountId, t.endsAt)],
);

/** Staff looked at personal data. Append only: the database refuses updates and deletes. */
export const viewEvent = pgTable(
  "view_event",
  {
    id: bigint({ mode: "number" }).primaryKey().generatedAlwaysAsIdentity(),
    at: createdAt(),
    userId: uuid().notNull(),
    /** Name and role as they were then. */
    userName: text().notNull(),
    role: text().notNull(),
    accountId: uuid(),
    /** `account`, `case`, `email`, `report` … */
    what: text().notNull(),
    subjectId: text().notNull(),
    /** Given when something masked was shown in full. */
    reason: text(),
    requestId: text().notNull(),
  },
  (t) => [
    index("view_event_by_account").on(t.accountId, t.id),
    index("view_event_by_user").on(t.userId, t.what, t.subjectId, t.at),
  ],
);
