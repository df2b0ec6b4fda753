import { randomBytes } from "node:crypto";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Sql } from "postgres";
import { createAccount } from "#core/accounts/create-account.ts";
import { hashPassword } from "#core/auth/password.ts";
import type { Ctx } from "#core/context.ts";
import { installSampleProvider } from "#core/provider/install-sample-provider.ts";
import type { MemberRole, StaffRole } from "#core/rules/vocabulary.ts";
import { member } from "#db/schema/accounts.ts";
import { staffMember, user } from "#db/schema/auth.ts";
import { type Customer, customers, firstNames, lastNames, staff } from "./cast.ts";
import { writeHistory } from "./history.ts";
import { makeTokens, type SeededToken } from "./make-tokens.ts";
import { pick, seededRandom } from "./random.ts";
import { type SignIns, writeSignIns } from "./sign-ins.ts";
import { tellStories } from "./stories.ts";

const dayMs = 86_400_000;

export type SeededAccount = Customer & { accountId: string; slug: string; tokens: SeededToken[] };

/** Fills an empty installation. Everything that has a use case goes through it, at the time it is said to have happened. */
export async function seedDemo(ctx: Ctx, sql: Sql, dataDir: string): Promise<SignIns> {
  // The policy is older than its oldest customer.
  await installSampleProvider({ ...ctx, now: new Date(ctx.now.getTime() - 1_200 * dayMs) }, {});
  const random = seededRandom(20_261_124);
  const password = `demo ${randomBytes(6).toString("hex")}`;
  const passwordHash = await hashPassword(password);
  const staffIds = new Map<StaffRole, { userId: string; name: string }>();
  for (const { email, name, role } of staff) {
    const userId = await addUser(ctx, email, name, passwordHash);
    await ctx.db.insert(staffMember).values({ userId, role });
    staffIds.set(role, { userId, name });
  }
  const accounts: SeededAccount[] = [];
  for (const customer of customers) {
    const bornAt =
      customer.story === "empty" ? ctx.now : new Date(ctx.now.getTime() - Math.floor(100 + random() * 900) * dayMs);
    const made = await createAccount({ ...ctx, now: bornAt }, { name: customer.name, plan: customer.plan });
    const owner = await addMembers(ctx, made.id, made.slug, random, passwordHash);
    const tokens = customer.story === "empty" ? [] : await makeTokens(ctx, made.id, owner, random);
    accounts.push({ ...customer, accountId: made.id, slug: made.slug, tokens });
  }
  await writeHistory(sql, accounts, ctx.now);
  await tellStories(ctx, sql, accounts, staffIds);
  await sql`analyze`;
  const live = accounts
    .filter((one) => one.story === undefined || one.story === "excess" || one.story === "suspended")
    .flatMap((one) =>
      one.tokens
        .filter((token) => token.isLive)
        .map(({ secret, endpoint }) => ({ account: one.name, secret, endpoint, story: one.story ?? null })),
    );
  writeFileSync(join(dataDir, "demo-tokens.json"), JSON.stringify(live), { mode: 0o600 });
  const signIns: SignIns = {
    password,
    people: [
      { email: "owner@northwind-mail.example", what: "owner, over its rate limit" },
      { email: "owner@kite-robotics.example", what: "owner, suspended" },
      { email: "owner@fresh-start.example", what: "owner, an empty account" },
      ...staff.map(({ email, role }) => ({ email, what: `staff, ${role}` })),
    ],
  };
  writeSignIns(dataDir, signIns);
  return signIns;
}

async function addUser(ctx: Ctx, email: string, name: string, passwordHash: string): Promise<string> {
  const [made] = await ctx.db.insert(user).values({ email, name, passwordHash }).returning({ id: user.id });
  if (!made) throw new Error("The user row was not written.");
  return made.id;
}

/** An owner, and sometimes a developer and a viewer. Returns the owner. */
async function addMembers(ctx: Ctx, accountId: string, slug: string, random: () => number, passwordHash: string) {
  const roles: MemberRole[] = [
    "owner",
    ...(random() < 0.6 ? ["developer" as const] : []),
    ...(random() < 0.4 ? ["viewer" as const] : []),
  ];
  let ownerId = "";
  let ownerName = "";
  for (const role of roles) {
    const name = `${pick(random, firstNames)} ${pick(random, lastNames)}`;
    const userId = await addUser(ctx, `${role}@${slug}.example`, name, passwordHash);
    await ctx.db.insert(member).values({ accountId, userId, role });
    if (role === "owner") {
      ownerId = userId;
      ownerName = name;
    }
  }
  return { userId: ownerId, name: ownerName };
}
