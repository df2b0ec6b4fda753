import { sql } from "drizzle-orm";
import { bigint, boolean, check, index, integer, jsonb, pgTable, text, uniqueIndex, uuid } from "drizzle-orm/pg-core";
import { domainAnswers, issuerAudiences } from "../../core/rules/vocabulary.ts";
import { account } from "./accounts.ts";
import { user } from "./auth.ts";
import { bytea, createdAt, instant, oneOf } from "./columns.ts";

/** A role that a claim of the issuer gives. `accountId` = in which account; null for staff. */
export type RoleRule = { claim: string; value: string; role: string; accountId: string | null };

/** An OpenID Connect issuer through which people sign in, and what is believed of what it says. */
export const identityProvider = pgTable(
  "identity_provider",
  {
    id: uuid().primaryKey().defaultRandom(),
    /** On the button: “Continue with …”. */
    name: text().notNull(),
    /** As its discovery document spells it; `iss` of every token must equal it. */
    issuer: text().notNull(),
    clientId: text().notNull(),
    /** Sealed with a key from AUTH_SECRET, bound to this row. */
    clientSecretSealed: text().notNull(),
    audience: text({ enum: issuerAudiences }).notNull(),
    /** The account whose people it signs in, and whose account only; null for staff and for members of all accounts. */
    accountId: uuid().references(() => account.id, { onDelete: "cascade" }),
    isEnabled: boolean().notNull().default(true),
    /** Those it is for get in through it only. */
    isOnlyWay: boolean().notNull().default(false),
    /** The issuer asks for a second step each time, whether or not its tokens say so. */
    checksSecondStep: boolean().notNull().default(false),
    /** The role of whoever it lets in and no rule names; null = nobody new. Null for members of all accounts. */
    defaultRole: text(),
    /** Which claim gives which role; the first that matches counts. With any, the claims decide at every sign-in. */
    roleRules: jsonb().$type<RoleRule[]>().notNull().default([]),
    createdAt: createdAt(),
    changedAt: instant().notNull(),
    /** Whoever has set it up or changed it: for a day they count as one person with everyone it brings in. */
    editorUserIds: uuid().array().notNull().default([]),
    /** Optimistic lock of edits. */
    version: integer().notNull().default(1),
  },
  (t) => [
    oneOf("identity_provider_audience", t.audience, issuerAudiences),
    check("identity_provider_account", sql`(${t.audience} = 'account') = (${t.accountId} is not null)`),
  ],
);

/** A person as an issuer knows them. After the first link the subject decides, whatever address the issuer names. */
export const personIdentity = pgTable(
  "person_identity",
  {
    id: uuid().primaryKey().defaultRandom(),
    userId: uuid()
      .notNull()
      .references(() => user.id, { onDelete: "cascade" }),
    issuer: text().notNull(),
    subject: text().notNull(),
    createdAt: createdAt(),
    lastUsedAt: instant().notNull(),
  },
  (t) => [uniqueIndex("person_identity_unique").on(t.issuer, t.subject), index("person_identity_by_user").on(t.userId)],
);

/** A WebAuthn credential of a person: proves them by itself, since it is only taken with user verification. */
export const passkey = pgTable(
  "passkey",
  {
    id: uuid().primaryKey().defaultRandom(),
    userId: uuid()
      .notNull()
      .references(() => user.id, { onDelete: "cascade" }),
    /** What its owner calls it. */
    name: text().notNull(),
    /** As the authenticator names it, base64url. */
    credentialId: text().notNull(),
    /** COSE. */
    publicKey: bytea().notNull(),
    /** Its highest signature count; 0 = it does not count, as most passkeys. */
    counter: bigint({ mode: "number" }).notNull(),
    /** How a browser reaches it, such as `internal` or `usb`. */
    transports: text().array().notNull().default([]),
    /** It is kept in its owner's cloud, and can be on more devices. */
    isSynced: boolean().notNull(),
    createdAt: createdAt(),
    lastUsedAt: instant(),
  },
  (t) => [uniqueIndex("passkey_credential_unique").on(t.credentialId), index("passkey_by_user").on(t.userId)],
);

/**
 * A domain of e-mail addresses that an account says is its own. A TXT record in DNS proves it; at most one account has proven a domain
 * at a time.
 */
export const accountDomain = pgTable(
  "account_domain",
  {
    id: uuid().primaryKey().defaultRandom(),
    accountId: uuid()
      .notNull()
      .references(() => account.id, { onDelete: "cascade" }),
    /** As DNS spells it: lower case, ASCII, no dot at the end. */
    domain: text().notNull(),
    /** What the record must say. Random, and of this account and domain only. */
    challenge: text().notNull(),
    createdAt: createdAt(),
    /** Set = proven since then. */
    provenAt: instant(),
    /** Members with an address at it enter the account through its issuers only. */
    isRequired: boolean().notNull().default(false),
    /** Since when DNS has answered that the record is not there, of a domain that is proven. */
    missingSince: instant(),
    /** When DNS was last asked, and what came of it; null = never. */
    checkedAt: instant(),
    answer: text({ enum: domainAnswers }),
    /** When the worker asks DNS again; null = when somebody asks for it. */
    nextCheckAt: instant(),
    /** When its owners were told that another account has published a record for it. */
    contestedAt: instant(),
  },
  (t) => [
    uniqueIndex("account_domain_unique").on(t.accountId, t.domain),
    uniqueIndex("account_domain_proven_unique").on(t.domain).where(sql`${t.provenAt} is not null`),
    index("account_domain_by_check").on(t.nextCheckAt).where(sql`${t.nextCheckAt} is not null`),
    oneOf("account_domain_answer", t.answer, domainAnswers),
    check("account_domain_required", sql`not ${t.isRequired} or ${t.provenAt} is not null`),
  ],
);

/** One-time values that were used: states of sign-ins, challenges of passkeys, ids of logout tokens. Kept until they would be refused anyway. */
export const spentOnce = pgTable(
  "spent_once",
  {
    /** SHA-256, hex, of kind and value. */
    hash: text().primaryKey(),
    until: instant().notNull(),
  },
  (t) => [index("spent_once_by_end").on(t.until)],
);
