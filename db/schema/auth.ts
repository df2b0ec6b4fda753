import { sql } from "drizzle-orm";
import {
  bigint,
  boolean,
  check,
  cidr,
  index,
  inet,
  integer,
  pgTable,
  text,
  uniqueIndex,
  uuid,
} from "drizzle-orm/pg-core";
import { memberRoles, sessionWays, staffRoles } from "../../core/rules/vocabulary.ts";
import { createdAt, instant, oneOf } from "./columns.ts";

/** A person who can sign in: a member of accounts, staff of the provider, or both. */
export const user = pgTable(
  "user",
  {
    id: uuid().primaryKey().defaultRandom(),
    /** Stored in lower case; that is the identity. */
    email: text().notNull(),
    name: text().notNull(),
    /** argon2id; null = signs in another way only. */
    passwordHash: text(),
    /** IANA zone for showing times; null = the browser's. */
    timeZone: text(),
    createdAt: createdAt(),
    /**
     * When somebody proved that the address is theirs, by a link that went there or came from the operator. Null = nobody has, so
     * the first who does gets the person without what was set up before.
     */
    emailVerifiedAt: instant(),
    /** The secret of the authenticator app, sealed with a key from AUTH_SECRET; null = none. */
    totpSealed: text(),
    /** Set = signing in asks for a code; null with a sealed secret = being set up. */
    totpSince: instant(),
    /** Number of the last 30-second step whose code was used, so that none works twice. */
    totpLastStep: bigint({ mode: "number" }),
    /** Set = blocked by staff: may not sign in, and open sessions and keys are refused. With it, why (the person is told) and by whom. */
    disabledAt: instant(),
    disabledReason: text(),
    disabledByUserId: uuid(),
  },
  (t) => [uniqueIndex("user_email_unique").on(t.email), check("user_email_lower", sql`${t.email} = lower(${t.email})`)],
);

/** One sign-in. The signed cookie carries only this id; the row is read on every request, so ending it takes effect at once. */
export const session = pgTable(
  "session",
  {
    id: uuid().primaryKey().defaultRandom(),
    userId: uuid()
      .notNull()
      .references(() => user.id, { onDelete: "cascade" }),
    createdAt: createdAt(),
    expiresAt: instant().notNull(),
    revokedAt: instant(),
    /** To the minute; null = not since it was opened. */
    lastSeenAt: instant(),
    /** When the person last proved in it that it is them, by signing in or by their password; null = when it was opened. */
    provenAt: instant(),
    /** How the person came in. */
    way: text({ enum: sessionWays }).notNull().default("password"),
    /** Of a portal session: the one account it reaches, the most it may do there, and where its "Back to" leads. */
    accountId: uuid(),
    mostRole: text({ enum: memberRoles }),
    returnUrl: text(),
    /** The issuer they came in through (`identity_provider`), and its own name for the session, by which it ends it; null = no issuer. */
    providerId: uuid(),
    issuerSid: text(),
    /** They have passed a second step in it, at the issuer or here; a password and its code count without. */
    isTwoStep: boolean().notNull().default(false),
    ip: inet(),
    userAgent: text(),
  },
  (t) => [
    index("session_by_user").on(t.userId, t.createdAt),
    index("session_by_provider").on(t.providerId).where(sql`${t.providerId} is not null`),
    oneOf("session_way", t.way, sessionWays),
    oneOf("session_most_role", t.mostRole, memberRoles),
    check(
      "session_portal",
      sql`(${t.way} = 'portal') = (${t.accountId} is not null) and (${t.accountId} is null) = (${t.mostRole} is null)`,
    ),
  ],
);

export const tryDoors = ["stranger", "silent", "device", "proof", "code"] as const;

/**
 * Tries at a password or a code that were not right, or not judged yet: counted first, and removed when they were right. By them
 * people wait (core/rules/people/sign-in-throttle.ts). Rows older than a day are deleted by the worker.
 */
export const signInFailure = pgTable(
  "sign_in_failure",
  {
    id: bigint({ mode: "number" }).primaryKey().generatedAlwaysAsIdentity(),
    /** Lower-case e-mail as typed, whether or not such a user exists. */
    email: text().notNull(),
    ip: inet(),
    /** What the address is counted under: itself for IPv4, its /64 for IPv6. */
    network: cidr(),
    /** Under which count it was admitted. */
    door: text({ enum: tryDoors }).notNull().default("stranger"),
    /** The device that has signed in before (`device`), or the session that asks for a proof (`proof`). */
    device: uuid(),
    at: createdAt(),
  },
  (t) => [
    index("sign_in_failure_by_email").on(t.email, t.at),
    index("sign_in_failure_by_network").on(t.network, t.at),
    oneOf("sign_in_failure_door", t.door, tryDoors),
  ],
);

/** A person's role at the provider. At most one per user. */
export const staffMember = pgTable(
  "staff_member",
  {
    userId: uuid()
      .primaryKey()
      .references(() => user.id, { onDelete: "cascade" }),
    role: text({ enum: staffRoles }).notNull(),
    /** Wants mail about cases that wait: their own and those of nobody. */
    mailsCases: boolean().notNull().default(false),
    /** Set = the one admin who may use a password and a second step where only single sign-on is allowed. */
    breakGlassSince: instant(),
    createdAt: createdAt(),
    /** Set = no longer staff; the row stays for the history. */
    endedAt: instant(),
  },
  (t) => [
    oneOf("staff_member_role", t.role, staffRoles),
    uniqueIndex("staff_member_break_glass_unique")
      .on(sql`(${t.breakGlassSince} is not null)`)
      .where(sql`${t.breakGlassSince} is not null`),
  ],
);

/** Each time somebody gave a person a role on the staff. For a day the two count as one where two people are asked for. */
export const staffRoleGrant = pgTable(
  "staff_role_grant",
  {
    id: bigint({ mode: "number" }).primaryKey().generatedAlwaysAsIdentity(),
    userId: uuid()
      .notNull()
      .references(() => user.id, { onDelete: "cascade" }),
    byUserId: uuid()
      .notNull()
      .references(() => user.id, { onDelete: "cascade" }),
    at: instant().notNull(),
  },
  (t) => [index("staff_role_grant_by_time").on(t.at)],
);

export const invitationKinds = ["first_admin", "staff", "member"] as const;
export const invitationProofs = ["mail", "operator"] as const;

/** A one-time link that makes a member, a staff member or the first admin. */
export const invitation = pgTable(
  "invitation",
  {
    id: uuid().primaryKey().defaultRandom(),
    kind: text({ enum: invitationKinds }).notNull(),
    /** SHA-256 of the link's secret, hex; the secret itself is shown once. */
    secretHash: text().notNull(),
    /** Null for the first admin, who chooses one. */
    email: text(),
    /** Who vouches that the holder of the link has the address: the mailbox it went to, or the operator. Null = the inviter handed it over. */
    provenBy: text({ enum: invitationProofs }),
    /** A member role or a staff role, by kind. */
    role: text().notNull(),
    /** Set for members only. */
    accountId: uuid(),
    invitedByUserId: uuid().references(() => user.id),
    /** Whoever invited before it was sent again by another: they may have the role's holder in their hand as well. */
    formerInviterUserIds: uuid().array().notNull().default([]),
    createdAt: createdAt(),
    expiresAt: instant().notNull(),
    acceptedAt: instant(),
    revokedAt: instant(),
    /** Optimistic lock of edits. */
    version: integer().notNull().default(1),
  },
  (t) => [
    uniqueIndex("invitation_secret_unique").on(t.secretHash),
    index("invitation_by_account").on(t.accountId, t.createdAt),
    oneOf("invitation_kind", t.kind, invitationKinds),
    check("invitation_proof", sql`${t.provenBy} in ('mail', 'operator')`),
  ],
);

/** One of the codes that sign in once without the authenticator app. Only its hash is kept. */
export const recoveryCode = pgTable(
  "recovery_code",
  {
    id: uuid().primaryKey().defaultRandom(),
    userId: uuid()
      .notNull()
      .references(() => user.id, { onDelete: "cascade" }),
    /** SHA-256, hex: a code has 50 random bits and is asked for behind the password and its throttle. */
    codeHash: text().notNull(),
    createdAt: createdAt(),
    usedAt: instant(),
  },
  (t) => [uniqueIndex("recovery_code_unique").on(t.userId, t.codeHash)],
);

/** A wish of staff to take a person's second step off, which another person of the staff carries out or withdraws. */
export const secondStepRemoval = pgTable(
  "second_step_removal",
  {
    id: uuid().primaryKey().defaultRandom(),
    userId: uuid()
      .notNull()
      .references(() => user.id, { onDelete: "cascade" }),
    reason: text().notNull(),
    proposedByUserId: uuid()
      .notNull()
      .references(() => user.id),
    createdAt: createdAt(),
    /** Set = removed, withdrawn, lapsed, or void because the person has set up another app. */
    decidedAt: instant(),
    decidedByUserId: uuid().references(() => user.id),
    isRemoved: boolean().notNull().default(false),
  },
  (t) => [uniqueIndex("second_step_removal_open_unique").on(t.userId).where(sql`${t.decidedAt} is null`)],
);

/** A one-time link that sets a new password. */
export const passwordReset = pgTable(
  "password_reset",
  {
    id: uuid().primaryKey().defaultRandom(),
    userId: uuid()
      .notNull()
      .references(() => user.id, { onDelete: "cascade" }),
    /** SHA-256 of the link's secret, hex. */
    secretHash: text().notNull(),
    createdAt: createdAt(),
    expiresAt: instant().notNull(),
    usedAt: instant(),
    /** Address of who asked for it. */
    ip: inet(),
  },
  (t) => [
    uniqueIndex("password_reset_secret_unique").on(t.secretHash),
    index("password_reset_by_user").on(t.userId, t.createdAt),
  ],
);
