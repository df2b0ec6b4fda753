import type { Ctx } from "#core/frame/context.ts";
import type { StaffRole } from "#core/rules/vocabulary.ts";

/** Something that has happened at a time; run with that time as now. */
export type Step = { at: Date; run: (ctx: Ctx) => Promise<void> };

/** Runs steps in the order of their times, so that ids, audit events and timelines lie in it too. */
export async function runSteps(ctx: Ctx, steps: readonly Step[]): Promise<void> {
  const ordered = [...steps].sort((a, b) => a.at.getTime() - b.at.getTime());
  for (const { at, run } of ordered) await run({ ...ctx, now: at });
}

/** People of the demo, once they have signed up: by role for staff, by account and e-mail for members. */
export class Cast {
  readonly #staff = new Map<StaffRole, { userId: string; name: string }>();
  readonly #members = new Map<string, { userId: string; name: string; ip: string }>();

  addStaff(role: StaffRole, userId: string, name: string): void {
    this.#staff.set(role, { userId, name });
  }

  addMember(account: string, email: string, userId: string, name: string, ip: string): void {
    this.#members.set(`${account} ${email}`, { userId, name, ip });
  }

  asStaff(ctx: Ctx, role: StaffRole): Ctx {
    const person = this.#staff.get(role);
    if (!person) throw new Error(`There is no ${role} yet.`);
    return { ...ctx, ip: "198.18.0.10", actor: { kind: "staff", ...person, sessionId: null, role } };
  }

  asMember(ctx: Ctx, account: { name: string; accountId: string }, email: string, role: "owner" | "developer"): Ctx {
    const person = this.#members.get(`${account.name} ${email}`);
    if (!person) throw new Error(`${email} is not a member of ${account.name} yet.`);
    const { userId, name, ip } = person;
    const actor = { kind: "member", userId, name, sessionId: userId, accountId: account.accountId, role } as const;
    return { ...ctx, ip, actor };
  }
}
