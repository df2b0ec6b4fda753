import type { Actor } from "../context.ts";
import { AppError } from "../errors.ts";
import type { ActingRole } from "../rules/enforcement.ts";

type Staff = Extract<Actor, { kind: "staff" }>;

/** As what staff act: in their role, or as automation when it is one of their keys. */
export function actingRole(actor: Staff): ActingRole {
  return actor.key ? "automation" : actor.role;
}

/** The person who decides. Throws `forbidden` for members and for automation keys: a machine approves and judges nothing. */
export function decidingPerson(actor: Actor, what: string): Staff {
  if (actor.kind !== "staff") throw new AppError("forbidden", `Only staff ${what}.`);
  if (actor.key) throw new AppError("forbidden", `A key does not ${what}. A person does.`);
  return actor;
}
