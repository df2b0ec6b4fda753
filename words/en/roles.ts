import {
  type ActorKind,
  type MemberRole,
  memberRoles as memberRoleNames,
  type StaffRole,
  staffRoles as staffRoleNames,
} from "../../core/rules/vocabulary.ts";

/** What each member of an account may do. */
export const memberRoles: Record<MemberRole, { label: string; may: string }> = {
  owner: { label: "Owner", may: "does everything, and manages members" },
  developer: { label: "Developer", may: "creates and revokes tokens" },
  viewer: { label: "Viewer", may: "sees everything, changes nothing" },
};

/** The staff's roles by name; people outside read them in invitations only. */
export const staffRoles: Record<StaffRole, { label: string; may: string }> = {
  support: { label: "Support", may: "works cases, suspends for up to 24 hours" },
  reviewer: { label: "Reviewer", may: "suspends for up to 30 days, lifts" },
  lead: { label: "Lead", may: "approves, lifts everything" },
  admin: { label: "Admin", may: "does everything, and manages staff" },
};

/** What kind of actor did something, beside its name. */
export const actorKinds: Record<ActorKind, string> = {
  visitor: "visitor",
  user: "user",
  member: "member",
  staff: "staff",
  token: "token",
  staff_key: "staff key",
  job: "automatic",
};

/** A member's or staff role by its name; of a later version its own. */
export function role(name: string): string {
  const member = memberRoleNames.find((one) => one === name);
  const staff = staffRoleNames.find((one) => one === name);
  return member ? memberRoles[member].label : staff ? staffRoles[staff].label : name;
}
