import type { Actor } from "./context.ts";
import { AppError } from "./errors.ts";
import type { MemberRole, StaffRole } from "./rules/vocabulary.ts";

type Grant = {
  member?: readonly MemberRole[];
  staff?: readonly StaffRole[];
  /** Any signed-in person, for what concerns only themselves. */
  user?: true;
  visitor?: true;
  job?: true;
};

const everyMember = ["owner", "developer", "viewer"] as const;
const builders = ["owner", "developer"] as const;
const everyStaff = ["support", "reviewer", "lead", "admin"] as const;
const seniorStaff = ["lead", "admin"] as const;

/** The one table of who may do what kind of thing. Deny by default: what is not listed is refused. */
export const permissions = {
  "session:open": { visitor: true },
  "session:own": { user: true, member: everyMember, staff: everyStaff },
  "invitation:accept": { visitor: true, user: true },
  "setup:link": { job: true },

  "account:read": { member: everyMember, staff: everyStaff },
  "account:create": { job: true, staff: ["admin"] },
  "accounts:list": { staff: everyStaff },
  "members:read": { member: everyMember, staff: everyStaff },
  "members:write": { member: ["owner"] },

  "tokens:read": { member: everyMember, staff: everyStaff },
  "tokens:write": { member: builders, job: true },
  "integrations:read": { member: everyMember, staff: everyStaff },
  "integrations:write": { member: builders },

  "usage:read": { member: everyMember, staff: everyStaff },
  "standing:read": { member: everyMember, staff: everyStaff },
  "notices:acknowledge": { member: builders },
  "audit:read": { member: ["owner"], staff: seniorStaff },

  "cases:read": { staff: everyStaff },
  "cases:work": { staff: everyStaff },
  "flags:record": { job: true },
  "actions:read": { staff: everyStaff },
  /** How long and how hard each role may act is a question of the act: rules/enforcement answers it. */
  "actions:suspend": { staff: everyStaff },
  "actions:approve": { staff: seniorStaff },
  "actions:lift": { staff: everyStaff },
  "actions:settle": { job: true },

  "provider:read": { member: everyMember, staff: everyStaff },
  "provider:install": { job: true },
  "gates:read": { staff: everyStaff },
  "gates:write": { staff: ["admin"] },
  "mail:read": { staff: everyStaff },
  "staff:read": { staff: seniorStaff },
  "staff:write": { staff: ["admin"] },
} as const satisfies Record<string, Grant>;

export type Permission = keyof typeof permissions;

/** For showing or hiding a button. Hiding is courtesy; the use case is the law. */
export function can(actor: Actor, permission: Permission): boolean {
  const grant: Grant = permissions[permission];
  switch (actor.kind) {
    case "visitor":
      return grant.visitor === true;
    case "user":
      return grant.user === true;
    case "member":
      return grant.member?.includes(actor.role) ?? false;
    case "staff":
      return grant.staff?.includes(actor.role) ?? false;
    case "job":
      return grant.job === true;
  }
}

/** Throws `unauthenticated` for a visitor, `forbidden` for anybody else who lacks the permission. */
export function authorize(actor: Actor, permission: Permission): void {
  if (can(actor, permission)) return;
  if (actor.kind === "visitor") throw new AppError("unauthenticated", "Sign in first.");
  const role = actor.kind === "member" || actor.kind === "staff" ? ` Your role here is ${actor.role}.` : "";
  throw new AppError("forbidden", `This needs the permission ${permission}.${role}`);
}
