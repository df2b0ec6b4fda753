import type { Queryable } from "#db/client.ts";
import type { ActorKind, MemberRole, StaffKeyKind, StaffRole } from "../rules/vocabulary.ts";

/** Who asks. Made from a session or a job in one place per door, never from what a request claims. */
export type Actor =
  | { kind: "visitor" }
  /** With `isPortal` the session came from the provider's product: it is bound to one account, and does nothing to the person. */
  | { kind: "user"; userId: string; sessionId: string; name: string; email: string; isPortal?: true }
  | {
      kind: "member";
      userId: string;
      sessionId: string;
      name: string;
      accountId: string;
      role: MemberRole;
      isPortal?: true;
    }
  /** A person of the provider. With `key` it is one of their keys: the same person, with fewer rights and no session. */
  | {
      kind: "staff";
      userId: string;
      sessionId: string | null;
      name: string;
      role: StaffRole;
      key?: { keyId: string; name: string; kind: StaffKeyKind; scopes: readonly string[] };
    }
  /**
   * A token of an account, used on the REST API; `scopes` are those it was given, of the provider and of Gatehouse. `maker` = who
   * has its secret; `role` null = nobody, or somebody who is in the account no more.
   */
  | {
      kind: "token";
      tokenId: string;
      accountId: string;
      name: string;
      scopes: readonly string[];
      maker: { userId: string | null; role: MemberRole | null };
    }
  /** A browser that has shown a token's secret: it reads what there is of that one token, and nothing of its account besides. */
  | { kind: "token_view"; viewId: string; of: { tokenId: string; accountId: string; name: string } }
  | { kind: "job"; name: string };

export type Ctx = {
  actor: Actor;
  /** Inside a command this IS the transaction; there is no other handle to forget. */
  db: Queryable;
  now: Date;
  requestId: string;
  /** Address of the person, when there is one. */
  ip: string | null;
  userAgent: string | null;
  /** Devices that the browser has proven by its signed cookie, by the id of the person who has signed in with it. */
  devices?: Readonly<Record<string, string>>;
  /** Set by command(): what is to be written just before the commit. */
  pending?: Pending;
};

/** A row of the audit log that waits for its commit. Made by `record` only. */
export type AuditNote = {
  action: string;
  subjectKind: string;
  subjectId: string;
  accountId: string | null;
  data: Record<string, unknown>;
};

export type Pending = {
  audit: { note: AuditNote; actor: Actor }[];
  /** Hashes of the case events of this transaction; the audit chain seals them. */
  caseEvents: string[];
};

export function actorUserId(actor: Actor): string | null {
  return actor.kind === "user" || actor.kind === "member" || actor.kind === "staff" ? actor.userId : null;
}

/** Who answers for what is done: the person, or the one who has the token's secret. */
export function answeringUserId(actor: Actor): string | null {
  return actor.kind === "token" ? actor.maker.userId : actorUserId(actor);
}

export function actorName(actor: Actor): string {
  if (actor.kind === "visitor") return "Visitor";
  if (actor.kind === "token_view") return actor.of.name;
  if (actor.kind === "staff" && actor.key) return `${actor.name} (key ${actor.key.name})`;
  return actor.name;
}

/** As the audit log names it. */
export function actorKind(actor: Actor): ActorKind {
  if (actor.kind === "token_view") return "token";
  return actor.kind === "staff" && actor.key ? "staff_key" : actor.kind;
}

/** A context for a job: sees every account, may do only what the permission table grants to jobs. */
export function jobCtx(db: Queryable, name: string, now: Date): Ctx {
  return { actor: { kind: "job", name }, db, now, requestId: crypto.randomUUID(), ip: null, userAgent: null };
}
