import type { Actor } from "../frame/context.ts";
import { networkOf } from "../rules/networks.ts";
import { maskEmail } from "../rules/people/mask.ts";

/** Where a call came from: the address to the account's own people, its network alone to staff, who unmask it for a reason. */
export function addressFor(actor: Actor, ip: string | null): string | null {
  if (ip === null || actor.kind !== "staff") return ip;
  return networkOf(ip) ?? "…";
}

/** An e-mail address: in full to the account's own people, masked to staff and their keys, who unmask it for a reason. */
export function emailFor(actor: Actor, email: string): string {
  return actor.kind === "staff" ? maskEmail(email) : email;
}
