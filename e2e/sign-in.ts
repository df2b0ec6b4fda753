import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { BrowserContext } from "@playwright/test";
import { encode } from "next-auth/jwt";
import { createAccount } from "#core/accounts/create-account.ts";
import { jobCtx } from "#core/frame/context.ts";
import type { MemberRole, StaffRole } from "#core/rules/vocabulary.ts";
import { type OpenDatabase, openDatabase } from "#db/client.ts";
import { member } from "#db/schema/accounts.ts";
import { session, staffMember, user } from "#db/schema/auth.ts";
import { running } from "./running.ts";

/** People and accounts for browser tests, arranged in the database; only the tests of signing in sign in by the form. */

const open = new Map<string, OpenDatabase>();

export function database(): OpenDatabase {
  const url = running().databaseUrl;
  const database = open.get(url) ?? openDatabase(url, { max: 3, applicationName: "gatehouse-e2e" });
  open.set(url, database);
  return database;
}

export type Person = { userId: string; email: string; name: string };

/** A person with a unique address; without a password, since tests hand them their session. */
export async function makePerson(name: string): Promise<Person> {
  const email = `${name.toLowerCase().replaceAll(" ", ".")}.${crypto.randomUUID().slice(0, 8)}@example.com`;
  const [made] = await database()
    .db.insert(user)
    .values({ email, name, emailVerifiedAt: new Date() })
    .returning({ userId: user.id });
  if (!made) throw new Error("The user was not made.");
  return { ...made, email, name };
}

/** An account of its own on a plan of the sample provider. */
export async function makeAccount(
  name: string,
  plan = "Starter",
): Promise<{ accountId: string; slug: string; name: string }> {
  const { id, slug } = await createAccount(jobCtx(database().db, "e2e", new Date()), { name, plan });
  return { accountId: id, slug, name };
}

export async function addMember(accountId: string, person: Person, role: MemberRole): Promise<void> {
  await database().db.insert(member).values({ accountId, userId: person.userId, role });
}

export async function addStaff(person: Person, role: StaffRole): Promise<void> {
  await database().db.insert(staffMember).values({ userId: person.userId, role });
}

/** Opens a session for a person and gives its cookie to the browser. Returns the session's id. */
export async function signIn(context: BrowserContext, person: Person): Promise<string> {
  const expiresAt = new Date(Date.now() + 3_600_000);
  const [opened] = await database()
    .db.insert(session)
    .values({ userId: person.userId, expiresAt })
    .returning({ id: session.id });
  if (!opened) throw new Error("The session was not opened.");
  await context.addCookies([
    { ...(await sessionCookie({ sub: person.userId, sid: opened.id })), url: running().webUrl },
  ]);
  return opened.id;
}

/** A session cookie like the web app makes it; with another secret it is a forged one. */
export async function sessionCookie(token: { sub: string; sid: string }, secret = authSecret()) {
  return { name: "next-auth.session-token", value: await encode({ token, secret }) };
}

function authSecret(): string {
  return process.env.AUTH_SECRET ?? readFileSync(join(running().dataDir, "auth-secret"), "utf8").trim();
}
