import * as deskWords from "#words/desk.ts";
import type { ActingRole } from "../rules/standing/enforcement.ts";
import type { Actor } from "./context.ts";
import { AppError } from "./errors.ts";

type Staff = Extract<Actor, { kind: "staff" }>;

/** As what staff act: in their role, or as automation when it is a program with one of their keys. */
export function actingRole(actor: Staff): ActingRole {
  return isAutomation(actor) ? "automation" : actor.role;
}

/** The person who decides. Throws `forbidden` for members and for automation: a machine approves and judges nothing. */
export function decidingPerson(actor: Actor, what: deskWords.Decision): Staff {
  if (actor.kind !== "staff") throw new AppError("forbidden", deskWords.errors.onlyStaff(what));
  if (isAutomation(actor)) throw new AppError("forbidden", deskWords.errors.onlyPeople(what));
  return actor;
}

/** Whether who acts imposed it. What a person did is not their program's to take back. */
export function isAuthor(actor: Actor, action: { authorUserId: string; authorKeyId: string | null }): boolean {
  if (actor.kind !== "staff" || actor.userId !== action.authorUserId) return false;
  return !isAutomation(actor) || actor.key?.keyId === action.authorKeyId;
}

function isAutomation({ key }: Staff): boolean {
  return key?.kind === "automation";
}
