import { slugOf } from "#core/rules/people/slug.ts";
import type { MemberRole, StaffRole } from "#core/rules/vocabulary.ts";
import type { DemoAccount, DemoPerson } from "./plan-types.ts";
import type { Random } from "./random.ts";

export const staff: readonly DemoPerson<StaffRole>[] = [
  { name: "Ada Lindqvist", email: "ada@gatehouse.example", role: "admin" },
  { name: "Lee Park", email: "lee@gatehouse.example", role: "lead" },
  { name: "Mia Ortiz", email: "mia@gatehouse.example", role: "reviewer" },
  { name: "Sol Stern", email: "sol@gatehouse.example", role: "support" },
];

/** Of Northwind Mail: known, so that they can be told and tried. */
export const northwindMembers: readonly DemoPerson<MemberRole>[] = [
  { name: "Mara Voss", email: "mara@northwind-mail.example", role: "owner" },
  { name: "Jonas Bekele", email: "jonas@northwind-mail.example", role: "developer" },
  { name: "Priya Raman", email: "priya@northwind-mail.example", role: "viewer" },
];

const firstNames = [
  ..."Aiko Anders Amara Bruno Carla Chidi Dana Elif Emil Fatima Felix Grace Hana Hugo Ines Ivan Jamal Joana Kofi Lars".split(
    " ",
  ),
  ..."Leila Luca Maja Marcus Nadia Nils Noor Olga Oskar Paula Quentin Rana Rosa Samir Sofia Tariq Tess Umar Vera Yusuf".split(
    " ",
  ),
];
const lastNames = [
  ..."Abbas Andersen Baptiste Becker Costa Dahl Diallo Eriksen Farkas Fischer Gallo Haddad Hansen Ibrahim Ito".split(
    " ",
  ),
  ..."Jansen Kaya Keller Kowalski Larsen Lopez Mbeki Moreau Murphy Nakamura Novak Olsen Park Petrov Quist".split(" "),
  ..."Rahman Ribeiro Rossi Santos Sato Silva Smit Tanaka Torres Ueda Vargas Weber Yilmaz Zhang Zimmer".split(" "),
];

const counts: Record<DemoAccount["plan"], [number, number]> = {
  Trial: [1, 1],
  Hobby: [1, 2],
  Starter: [2, 3],
  Professional: [3, 4],
  Enterprise: [4, 5],
};

/** The people of an account: an owner, then developers and viewers. No two share a first name, so that addresses differ. */
export function peopleOf(account: string, plan: DemoAccount["plan"], random: Random): DemoPerson<MemberRole>[] {
  const domain = `${slugOf(account)}.example`;
  const count = random.whole(...counts[plan]);
  return random.some(firstNames, count).map((first, i) => ({
    name: `${first} ${random.pick(lastNames)}`,
    email: `${first.toLowerCase()}@${domain}`,
    role: i === 0 ? "owner" : i === 1 ? "developer" : random.chance(0.4) ? "developer" : "viewer",
  }));
}
