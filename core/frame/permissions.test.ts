import { describe, expect, it } from "vitest";
import { memberRoles, type StaffKeyKind, type StaffRole, staffRoles } from "../rules/vocabulary.ts";
import type { Actor } from "./context.ts";
import { can, endsWithTermination, type Permission, permissions, staffKeyScope } from "./permissions.ts";

/** What must hold of any table of permissions; what each role can do to an account is tried out in app/who-may-do-what. */
const all = Object.keys(permissions) as Permission[];
const person = { userId: "u", sessionId: "s", name: "N" };
const staff = (role: StaffRole): Actor => ({ kind: "staff", ...person, role });
const key = (role: StaffRole, kind: StaffKeyKind, scopes: readonly string[] = all.map(staffKeyScope)): Actor => ({
  ...{ kind: "staff", ...person, sessionId: null, role },
  key: { keyId: "k", name: "bot", kind, scopes },
});
const member = (role: (typeof memberRoles)[number]): Actor => ({ kind: "member", ...person, accountId: "a", role });
const token = (scopes: readonly string[]): Actor => ({
  kind: "token",
  maker: { userId: "u", role: "owner" },
  tokenId: "t",
  accountId: "a",
  name: "T",
  scopes,
});
const visitor: Actor = { kind: "visitor" };
const user: Actor = { kind: "user", ...person, email: "u@example.com" };

const granted = (actor: Actor) => all.filter((permission) => can(actor, permission));
/** What the upper one lacks of what the lower one has. */
const lost = (lower: Actor, upper: Actor) => granted(lower).filter((permission) => !can(upper, permission));
const steps = <Role>(ladder: readonly Role[]) => ladder.slice(1).map((upper, index) => [ladder[index] as Role, upper]);

const staffLadder = ["support", "reviewer", "lead", "admin"] as const;
const memberLadder = ["viewer", "developer", "owner"] as const;
/** What binds every account, or other people of the staff. */
const setsRules = /^(limits|detectors|gates|staff):(write|publish)$|^accounts:limit$/;

describe("a token", () => {
  it.each(memberRoles)("can nothing that its maker, a %s, cannot", (role) => {
    const made = { ...token(all), maker: { userId: "u", role } };
    expect(lost(made, member(role))).toEqual([]);
    expect(granted(made)).not.toEqual([]);
  });

  it("can nothing once its maker has left the account", () => {
    expect(granted({ ...token(all), maker: { userId: "u", role: null } } as Actor)).toEqual([]);
  });
});

describe("roles", () => {
  it("are all on a ladder", () => {
    expect([...staffLadder].sort()).toEqual([...staffRoles].sort());
    expect([...memberLadder].sort()).toEqual([...memberRoles].sort());
  });

  it.each(steps(staffLadder))("%s can nothing that %s cannot", (lower, upper) => {
    expect(lost(staff(lower), staff(upper))).toEqual([]);
  });

  it.each(steps(staffLadder))("%s can less than %s", (lower, upper) => {
    expect(lost(staff(upper), staff(lower))).not.toEqual([]);
  });

  it.each(steps(memberLadder))("%s can nothing that %s cannot", (lower, upper) => {
    expect(lost(member(lower), member(upper))).toEqual([]);
  });

  it("viewers write nothing of the account", () => {
    expect(granted(member("viewer")).filter((one) => /:(write|message|acknowledge)$/.test(one))).toEqual([]);
  });

  it.each(["support", "reviewer"] as const)("%s sets no rule for others", (role) => {
    expect(granted(staff(role)).filter((one) => setsRules.test(one))).toEqual([]);
    expect(granted(staff("admin")).filter((one) => setsRules.test(one)).length).toBeGreaterThan(4);
  });

  it("only admins change the staff, open accounts and take the audit log along", () => {
    for (const permission of ["staff:write", "account:create", "audit:export"] as const)
      expect(staffLadder.filter((role) => can(staff(role), permission))).toEqual(["admin"]);
  });

  it("support proposes, and neither approves nor decides", () => {
    expect(can(staff("support"), "actions:impose")).toBe(true);
    expect(granted(staff("support")).filter((one) => /:(approve|decide|publish|draft)$/.test(one))).toEqual([]);
  });
});

describe("the desk", () => {
  const desk = all.filter((permission) => "staff" in permissions[permission] && !("member" in permissions[permission]));

  it.each([visitor, user, ...memberRoles.map(member), token(all)])("is closed to $kind $role", (actor) => {
    expect(desk.length).toBeGreaterThan(25);
    expect(desk.filter((permission) => can(actor, permission))).toEqual([]);
  });

  it("lets visitors read and change nothing", () => {
    expect(granted(visitor).length).toBeGreaterThan(3);
    expect(granted(visitor).filter((one) => /:(read|write|work|own|list)$/.test(one))).toEqual([]);
  });
});

describe("a key of the staff", () => {
  const kinds = ["automation", "personal"] as const;
  const every = staffLadder.flatMap((role) => kinds.map((kind) => [role, kind] as const));

  it.each(every)("of a %s, %s, can nothing that its owner cannot, but what nobody does in person", (role, kind) => {
    const byProgram = role === "admin" && kind === "automation" ? ["portal:open"] : [];
    expect(lost(key(role, kind), staff(role))).toEqual(byProgram);
  });

  it.each(every)("of a %s, %s, can nothing without a scope", (role, kind) => {
    expect(granted(key(role, kind, []))).toEqual([]);
  });

  it.each(kinds)("%s, can what its one scope names", (kind) => {
    for (const permission of granted(key("admin", kind)))
      expect(granted(key("admin", kind, [staffKeyScope(permission)]))).toEqual([permission]);
  });

  it.each(kinds)("%s, makes no key and has no session", (kind) => {
    expect(granted(key("admin", kind)).filter((one) => /^(keys|session):/.test(one))).toEqual([]);
  });

  it("automation, judges nothing, sets no rule and sees nothing masked", () => {
    const judging = /:(approve|decide|work|publish|draft|unmask|export)$/;
    expect(granted(key("admin", "automation")).filter((one) => judging.test(one) || setsRules.test(one))).toEqual([
      "gates:write",
    ]);
  });
});

describe("a token of an account", () => {
  it("can nothing that an owner cannot", () => {
    expect(lost(token(all), member("owner"))).toEqual([]);
  });

  it("can what its one scope names", () => {
    for (const permission of granted(token(all))) expect(granted(token([permission]))).toEqual([permission]);
    expect(granted(token(all)).length).toBeGreaterThan(5);
  });
});

describe("a termination", () => {
  it("takes every permission to change what the account has", () => {
    for (const role of memberRoles) {
      const writing = granted(member(role)).filter((one) => /:write$/.test(one));
      expect(
        writing.filter((one) => !endsWithTermination(member(role), one) && !/^(exports|appeals):/.test(one)),
      ).toEqual([]);
    }
  });

  it("leaves the staff what they have", () => {
    for (const role of staffLadder)
      expect(granted(staff(role)).filter((one) => endsWithTermination(staff(role), one))).toEqual([]);
  });
});
