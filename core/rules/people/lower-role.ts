import { type MemberRole, memberRoles } from "../vocabulary.ts";

/** Whichever of two roles in an account may do less. */
export function lowerRole(one: MemberRole, other: MemberRole): MemberRole {
  // The list begins with the role that may do most.
  return memberRoles.indexOf(one) > memberRoles.indexOf(other) ? one : other;
}
