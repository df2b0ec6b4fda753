import * as words from "#words/words.ts";
import { isTokenScope, tokenScopes } from "../rules/tokens/token-scopes.ts";
import type { MemberRole, StaffKeyKind, StaffRole } from "../rules/vocabulary.ts";
import type { Actor } from "./context.ts";
import { AppError } from "./errors.ts";

export { isTokenScope, tokenScopes };

type Grant = {
  member?: readonly MemberRole[];
  staff?: readonly StaffRole[];
  /** Any signed-in person, for what concerns only themselves. */
  user?: true;
  visitor?: true;
  job?: true;
  /** A browser that looks at one token. Its use cases take no id, so that there is no other to name. */
  tokenView?: true;
  /**
   * Whose rows a member or a token reaches with it: the account's unless given, and then its use cases must ask `scoped` or
   * `accountOf`. `person` = only what is the person's own; `provider` = what is the same for every account.
   */
  rows?: "person" | "provider";
};

const everyMember = ["owner", "developer", "viewer"] as const;
const builders = ["owner", "developer"] as const;
const everyStaff = ["support", "reviewer", "lead", "admin"] as const;
const seniorStaff = ["lead", "admin"] as const;

/** The one table of who may do what kind of thing. Deny by default: what is not listed is refused. */
export const permissions = {
  "session:open": { visitor: true },
  /** Having the token is proof enough. */
  "reports:submit": { visitor: true, user: true, member: everyMember, staff: everyStaff, rows: "provider" },
  "leaks:report": { visitor: true, user: true, member: everyMember, staff: everyStaff },
  /** Of a request that named no account: there is nobody whose it would be. */
  "receipts:explain": { visitor: true },
  "session:own": { user: true, member: everyMember, staff: everyStaff, rows: "person" },
  "session:end": { user: true, member: everyMember, staff: everyStaff, rows: "person" },
  "invitation:accept": { visitor: true, user: true },
  "setup:link": { job: true },

  "account:read": { member: everyMember, staff: everyStaff },
  "account:write": { member: ["owner"] },
  "networks:write": { member: ["owner"] },
  /** Which domains the account has proven, and what follows for how its people sign in. */
  "domains:read": { member: ["owner"], staff: ["admin"] },
  "domains:write": { member: ["owner"] },
  "domains:check": { job: true },
  "notifications:own": { member: everyMember },
  "exports:read": { member: ["owner"] },
  "exports:write": { member: ["owner"] },
  "account:create": { job: true, staff: ["admin"] },
  /** To keep accounts in step with the provider's own systems. */
  "accounts:provision": { job: true, staff: ["admin"] },
  /** Also a program's: customers leave without anybody having done wrong. */
  "accounts:close": { staff: seniorStaff },
  "portal:open": { staff: ["admin"] },
  "accounts:erase": { staff: ["admin"] },
  "accounts:list": { staff: everyStaff },
  "members:read": { member: everyMember, staff: everyStaff },
  "members:write": { member: ["owner"] },
  "members:leave": { member: everyMember },

  "tokens:read": { member: everyMember, staff: everyStaff },
  "tokens:view": { tokenView: true },
  "tokens:import": { job: true, staff: ["admin"] },
  "tokens:write": { member: builders, job: true },
  "integrations:read": { member: everyMember, staff: everyStaff },
  "integrations:write": { member: builders },

  "webhooks:read": { member: everyMember, staff: seniorStaff },
  "webhooks:write": { member: builders, staff: ["admin"] },
  "tokens:remind": { job: true },
  "alerts:read": { member: everyMember, staff: everyStaff },
  "alerts:see": { member: everyMember },
  "alerts:write": { member: builders },
  "alerts:evaluate": { job: true },

  "usage:read": { member: everyMember, staff: everyStaff },
  "standing:read": { member: everyMember, staff: everyStaff },
  "notices:acknowledge": { member: builders },
  "notices:mail": { job: true },
  "appeals:read": { member: everyMember, staff: everyStaff },
  "appeals:write": { member: builders },
  "appeals:message": { member: builders, staff: everyStaff },
  "appeals:decide": { staff: ["reviewer", "lead", "admin"] },
  "loads:write": { member: builders },
  "audit:read": { member: ["owner"], staff: seniorStaff },

  "cases:read": { staff: everyStaff },
  "cases:work": { staff: everyStaff },
  "flags:record": { job: true },
  "actions:read": { staff: everyStaff },
  /** How long and how hard each role may act is a question of the act: rules/standing/enforcement answers it. */
  "actions:impose": { staff: everyStaff },
  "actions:approve": { staff: ["reviewer", "lead", "admin"] },
  "actions:lift": { staff: everyStaff },
  "actions:settle": { job: true },

  "provider:read": { member: everyMember, staff: everyStaff, rows: "provider" },
  "provider:install": { job: true },
  "reports:read": { staff: everyStaff },
  /** What the report mailbox gets becomes a report. */
  "mail:take": { job: true },
  "reports:work": { staff: everyStaff },
  "personal:unmask": { staff: everyStaff },
  "views:read": { staff: seniorStaff },
  "audit:export": { staff: ["admin"] },
  "detectors:read": { staff: everyStaff },
  "detectors:draft": { staff: ["reviewer", "lead", "admin"] },
  "detectors:publish": { staff: seniorStaff },
  "limits:read": { staff: everyStaff },
  "limits:write": { staff: seniorStaff, job: true },
  "accounts:limit": { staff: seniorStaff },
  "gates:read": { staff: everyStaff },
  "gates:write": { staff: ["admin"] },
  "mail:read": { staff: everyStaff },
  "mail:resend": { staff: everyStaff },
  "keys:write": { staff: everyStaff },
  "staff:read": { staff: seniorStaff },
  "staff:write": { staff: ["admin"] },
  /** People of any account, whom it takes out of all of them: an admin's, like everything about who comes in. */
  "people:read": { staff: ["admin"] },
  "people:block": { staff: ["admin"] },
  /** What gives a person back a way in. */
  "people:restore": { staff: ["admin"] },
  /** Who is believed about who somebody is. */
  "identity:write": { staff: ["admin"] },
} as const satisfies Record<string, Grant>;

export type Permission = keyof typeof permissions;

/** Whether members or tokens reach rows of their account with it, so that its use cases must ask which. */
export function reachesAccountRows(permission: Permission): boolean {
  const grant: Grant = permissions[permission];
  return grant.member !== undefined && grant.rows === undefined;
}

/** Every scope of Gatehouse is a permission of this table. */
tokenScopes satisfies readonly Permission[];

/** The scope that lets a staff key use a permission its owner has: the permission's name after `staff:`. */
export function staffKeyScope(permission: Permission): string {
  return `staff:${permission}`;
}

/** What no key can do: it makes no further keys and has no session. */
const signedInOnly: readonly Permission[] = ["session:own", "session:end", "keys:write"];
/** What nobody does in person: it opens an account to whoever is named, so it needs a key that was given its scope. */
const programsOnly: readonly Permission[] = ["portal:open"];
/** What a portal session is kept from in its account: how the person signs in, and their other accounts. */
const beyondPortal: readonly Permission[] = ["session:own"];
/** What needs a person, so that a program cannot be given it: to judge, to see what is masked, and to set the rules. */
const peopleOnly: readonly Permission[] = [
  "actions:approve",
  "appeals:decide",
  "appeals:message",
  "cases:work",
  "reports:work",
  "personal:unmask",
  "limits:write",
  "accounts:limit",
  "accounts:erase",
  "detectors:draft",
  "detectors:publish",
  "staff:read",
  "staff:write",
  "people:restore",
  "identity:write",
  "audit:export",
];

/** All that a member still changes once the account is closed or terminated: they take their data and object. Reading stays as it was. */
const afterTermination: readonly Permission[] = [
  "exports:write",
  "appeals:write",
  "appeals:message",
  "notices:acknowledge",
  "notifications:own",
  "members:leave",
  "alerts:see",
  "session:own",
  "session:end",
  "reports:submit",
  "leaks:report",
];

/** Whether a termination takes this permission to change something from who acts: it binds the account's own people and tokens. */
export function endsWithTermination(actor: Actor, permission: Permission): boolean {
  return (actor.kind === "member" || actor.kind === "token") && !afterTermination.includes(permission);
}

/** Every scope a staff key of this kind can have, in the order of the table. */
export function staffKeyScopes(kind: StaffKeyKind): string[] {
  const names = Object.keys(permissions) as Permission[];
  return names.filter((name) => "staff" in permissions[name] && !isBeyondKey(kind, name)).map(staffKeyScope);
}

function isBeyondKey(kind: StaffKeyKind, permission: Permission): boolean {
  const beyondKind = kind === "automation" ? peopleOnly : programsOnly;
  return signedInOnly.includes(permission) || beyondKind.includes(permission);
}

/** Those of them that this person can give to a key of theirs. */
export function grantableKeyScopes(actor: Actor, kind: StaffKeyKind): string[] {
  const names = Object.keys(permissions) as Permission[];
  const keyScopes = new Set(staffKeyScopes(kind));
  return names.filter((name) => mayGive(actor, name) && keyScopes.has(staffKeyScope(name))).map(staffKeyScope);
}

function mayGive(actor: Actor, permission: Permission): boolean {
  if (!programsOnly.includes(permission)) return can(actor, permission);
  const grant: Grant = permissions[permission];
  return actor.kind === "staff" && !actor.key && grant.staff?.includes(actor.role) === true;
}

/** For showing or hiding a button. Hiding is courtesy; the use case is the law. */
export function can(actor: Actor, permission: Permission): boolean {
  const grant: Grant = permissions[permission];
  switch (actor.kind) {
    case "visitor":
      return grant.visitor === true;
    case "user":
      return grant.user === true && (!actor.isPortal || permission === "session:end");
    case "member":
      return (grant.member?.includes(actor.role) ?? false) && !(actor.isPortal && beyondPortal.includes(permission));
    case "staff":
      return (
        (grant.staff?.includes(actor.role) ?? false) &&
        (actor.key
          ? !isBeyondKey(actor.key.kind, permission) && actor.key.scopes.includes(staffKeyScope(permission))
          : !programsOnly.includes(permission))
      );
    case "token":
      // Cut to what its maker may do, or it would give them back what was taken from them.
      return (
        grant.member !== undefined &&
        isTokenScope(permission) &&
        actor.scopes.includes(permission) &&
        actor.maker.role !== null &&
        grant.member.includes(actor.maker.role)
      );
    case "token_view":
      return grant.tokenView === true;
    case "job":
      return grant.job === true;
  }
}

/** Throws `unauthenticated` for a visitor, `forbidden` for anybody else who lacks the permission. */
export function authorize(actor: Actor, permission: Permission): void {
  if (can(actor, permission)) return;
  if (actor.kind === "visitor") throw new AppError("unauthenticated", words.errors.signInFirst);
  throw new AppError("forbidden", words.errors.forbidden(permission, hint(actor, permission)));
}

function hint(actor: Actor, permission: Permission): string {
  switch (actor.kind) {
    case "token":
      if (!isTokenScope(permission)) return words.errors.noTokenHas;
      if (!actor.scopes.includes(permission)) return words.errors.tokenLacks(permission);
      return actor.maker.role === null ? words.errors.makerLeft : words.errors.makerRoleIs(actor.maker.role);
    case "staff":
      if (actor.key && isBeyondKey(actor.key.kind, permission)) return words.errors.noKeyHas(actor.key.kind);
      if (actor.key) return words.errors.keyLacks(staffKeyScope(permission));
      return programsOnly.includes(permission)
        ? words.errors.programsOnly(staffKeyScope(permission))
        : words.errors.roleIs(actor.role);
    case "member":
      return actor.isPortal && beyondPortal.includes(permission)
        ? words.errors.notInPortal
        : words.errors.roleIs(actor.role);
    case "user":
      return actor.isPortal ? words.errors.notInPortal : "";
    default:
      return "";
  }
}
