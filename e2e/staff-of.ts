import { type Ctx, jobCtx } from "#core/frame/context.ts";
import type { StaffRole } from "#core/rules/vocabulary.ts";
import { addStaff, database, makePerson, type Person } from "./sign-in.ts";

/** A person of the provider, and the context in which they act without a browser. */
export async function staffOf(name: string, role: StaffRole): Promise<{ person: Person; ctx: Ctx }> {
  const person = await makePerson(name);
  await addStaff(person, role);
  const actor = { kind: "staff" as const, userId: person.userId, sessionId: null, name: person.name, role };
  return { person, ctx: { ...jobCtx(database().db, "e2e", new Date()), actor } };
}
