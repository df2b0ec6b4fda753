import { and, eq, gt, isNull, or, sql } from "drizzle-orm";
import { session, signInFailure } from "#db/schema/auth.ts";
import type { Ctx } from "../frame/context.ts";
import { subscriberNetwork } from "../rules/networks.ts";
import {
  type Admission,
  admitSignIn,
  type SignInTries,
  type Tries,
  tryCounts,
  waitSeconds,
} from "../rules/people/sign-in-throttle.ts";

type TryCount = keyof typeof tryCounts;
type Door = typeof signInFailure.$inferInsert.door;
/** A try that was counted, and how it was admitted; `id` is null when it was not. */
export type Counted = { id: number | null; admission: Admission };

/**
 * Counts a try at signing in before anybody judges it, and says whether it is to be judged: of many at the same moment, exactly the free
 * number is. Takes a transaction of its own.
 */
export function countSignIn(
  ctx: Ctx,
  { email, userId, hasCode }: { email: string; userId: string | null; hasCode: boolean },
): Promise<Counted> {
  const network = networkOf(ctx);
  const device = userId === null ? null : (ctx.devices?.[userId] ?? null);
  return ctx.db.transaction(async (tx) => {
    const inner = { ...ctx, db: tx };
    // Always in this order, so that no two wait for each other.
    if (network !== null) await lock(inner, network);
    await lock(inner, email);
    const tries = { ...(await signInTries(inner, { email, userId, network, device })), hasCode };
    const admission = admitSignIn(tries, ctx.now);
    if (admission.door === null) return { id: null, admission };
    const of = admission.door === "device" ? { device } : {};
    return { id: await insert(inner, email, admission.door, of), admission };
  });
}

/**
 * The same for a signed-in person who is asked for their password or code again: counted by session, and all their sessions together.
 * Returns the seconds to wait.
 */
export function countProof(ctx: Ctx, email: string, sessionId: string): Promise<{ id: number | null; wait: number }> {
  return ctx.db.transaction(async (tx) => {
    const inner = { ...ctx, db: tx };
    await lock(inner, email);
    const mine = and(eq(signInFailure.door, "proof"), eq(signInFailure.device, sessionId));
    const all = eq(signInFailure.door, "proof");
    const wait = Math.max(
      waitSeconds("proof", await triesOf(inner, email, "proof", mine), ctx.now),
      waitSeconds("proofOfPerson", await triesOf(inner, email, "proofOfPerson", all), ctx.now),
    );
    return { id: wait > 0 ? null : await insert(inner, email, "proof", { device: sessionId }), wait };
  });
}

/** Seconds until another code of this person is judged. Under the lock of their row, so that codes are judged one after the other. */
export async function codeWaitSeconds(ctx: Ctx, email: string): Promise<number> {
  return waitSeconds("code", await wrongCodes(ctx, email), ctx.now);
}

/** Counts a wrong code; true = the person is to be told, once a day: somebody has their password and makes up codes. */
export async function countWrongCode(ctx: Ctx, email: string): Promise<boolean> {
  await insert(ctx, email, "code", {});
  return (await wrongCodes(ctx, email)).tries === tryCounts.code.free;
}

const wrongCodes = (ctx: Ctx, email: string) => triesOf(ctx, email, "code", eq(signInFailure.door, "code"));

/** Takes one try back that was no wrong one. */
export async function uncountTry(ctx: Ctx, id: number | null): Promise<void> {
  if (id !== null) await ctx.db.delete(signInFailure).where(eq(signInFailure.id, id));
}

/** Forgets what the person themselves has tried before it was right; what others try elsewhere stays counted. */
export async function forgetOwnTries(ctx: Ctx, { email, userId }: { email: string; userId: string }): Promise<void> {
  const network = networkOf(ctx);
  const device = ctx.devices?.[userId];
  const sessionId = "sessionId" in ctx.actor ? ctx.actor.sessionId : null;
  const own = or(
    network === null ? isNull(signInFailure.network) : eq(signInFailure.network, network),
    device === undefined ? undefined : eq(signInFailure.device, device),
    sessionId === null ? undefined : eq(signInFailure.device, sessionId),
    eq(signInFailure.door, "code"),
  );
  await ctx.db.delete(signInFailure).where(and(eq(signInFailure.email, email), own));
}

/** After a proof of the mailbox. */
export async function forgetAllTries(ctx: Ctx, email: string): Promise<void> {
  await ctx.db.delete(signInFailure).where(eq(signInFailure.email, email));
}

const networkOf = ({ ip }: Ctx): string | null => (ip === null ? null : subscriberNetwork(ip));
const since = (ctx: Ctx, count: TryCount) => new Date(ctx.now.getTime() - tryCounts[count].windowMs);

async function lock(ctx: Ctx, key: string): Promise<void> {
  await ctx.db.execute(sql`select pg_advisory_xact_lock(hashtext('gatehouse tries'), hashtext(${key}))`);
}

async function insert(ctx: Ctx, email: string, door: Door, of: { device?: string | null }): Promise<number | null> {
  // A proof and a code are asked for wherever the person is: their network has no part in it.
  const from = door === "proof" || door === "code" ? {} : { ip: ctx.ip, network: networkOf(ctx) };
  const [made] = await ctx.db
    .insert(signInFailure)
    .values({ email, door, at: ctx.now, ...from, ...of })
    .returning({ id: signInFailure.id });
  return made?.id ?? null;
}

async function triesOf(ctx: Ctx, email: string, of: TryCount, which: ReturnType<typeof and>): Promise<Tries> {
  const [row] = await ctx.db
    .select({ tries: sql<number>`count(*)::int`, lastAt: sql<Date | null>`max(${signInFailure.at})` })
    .from(signInFailure)
    .where(and(eq(signInFailure.email, email), gt(signInFailure.at, since(ctx, of)), which));
  return row ?? { tries: 0, lastAt: null };
}

type Who = { email: string; userId: string | null; network: string | null; device: string | null };

async function signInTries(ctx: Ctx, { email, userId, network, device }: Who): Promise<Omit<SignInTries, "hasCode">> {
  const { email: byEmail, network: byNetwork, door, device: byDevice, at } = signInFailure;
  const isHere = network === null ? sql`${byNetwork} is null` : sql`${byNetwork} = ${network}::cidr`;
  const isTheirs = sql`${byEmail} = ${email}`;
  const counts = {
    here: sql`${isTheirs} and ${isHere} and ${door} = 'stranger'`,
    network: network === null ? sql`false` : sql`${isHere} and ${door} in ('stranger', 'silent')`,
    person: sql`${isTheirs} and ${door} in ('stranger', 'silent')`,
    personFirst: sql`${isTheirs} and ${door} = 'stranger'`,
    device: sql`${isTheirs} and ${door} = 'device' and ${byDevice} = ${device}::uuid`,
  };
  const names = ["here", "network", "person", "personFirst", "device"] as const;
  const columns = names.map((name) => {
    const which = sql`${counts[name]} and ${at} > ${since(ctx, name)}`;
    return sql`json_build_object('tries', count(*) filter (where ${which}), 'lastAt', max(${at}) filter (where ${which})) as ${sql.identifier(name)}`;
  });
  type Row = Record<keyof typeof counts, { tries: number; lastAt: string | null }> & { known: boolean };
  const [row] = await ctx.db.execute<Row>(sql`
    select ${sql.join(columns, sql`, `)},
      exists (select 1 from ${session} s where s.user_id = ${userId}::uuid and s.ip <<= ${network}::cidr) as known
    from ${signInFailure} where ${at} > ${since(ctx, "here")} and (${isTheirs} or ${isHere})`);
  if (!row) throw new Error("Counting tries gave no row.");
  const read = ({ tries, lastAt }: Row["here"]): Tries => ({
    tries,
    lastAt: lastAt === null ? null : new Date(lastAt),
  });
  return {
    here: read(row.here),
    network: read(row.network),
    person: read(row.person),
    personFirst: read(row.personFirst),
    device: device === null ? null : read(row.device),
    isKnownNetwork: row.known,
  };
}
