import { sql } from "drizzle-orm";
import type { Ctx } from "#core/frame/context.ts";
import { installSampleProvider } from "#core/provider/install-sample-provider.ts";
import { dayMs } from "#core/rules/time.ts";
import type { Database } from "#db/client.ts";
import { accountSteps, asJob, type SeededAccount, staffSteps } from "./account-steps.ts";
import { deskSteps } from "./desk-steps.ts";
import { type LiveClient, liveClients } from "./live-clients.ts";
import { ownerSteps, writeRotation } from "./owner-steps.ts";
import { planDemo } from "./plan-demo.ts";
import { type SignIns, signInsOf } from "./sign-ins.ts";
import { Cast, runSteps, type Step } from "./steps.ts";
import { storySteps } from "./story-steps.ts";
import { type SeededToken, tokenSteps } from "./token-steps.ts";
import { writeRefusals } from "./write-refusals.ts";
import { writeTraces } from "./write-traces.ts";
import { writeUsage } from "./write-usage.ts";

export type Demo = { signIns: SignIns; clients: LiveClient[] };

/** No story happens earlier than this before now; every token with usage is older than the newest of them. */
const storiesFromDays = 21;

/**
 * Fills an empty installation, as of `ctx.now`: everything that has a use case goes through it, at the time at which it is
 * said to have happened; only usage is written as such. All of it in one transaction, so that a demo is whole or not there.
 * `keep` is called before the commit.
 */
export async function seedDemo(ctx: Ctx, db: Database, password: string, keep: (demo: Demo) => void): Promise<Demo> {
  const { now } = ctx;
  const plan = planDemo(now);
  const accounts = plan.accounts.map((one): SeededAccount => ({ ...one, accountId: "", slug: "" }));
  const tokens = accounts.flatMap((account) =>
    account.tokens.map((token): SeededToken => ({ ...token, account, tokenId: "", secret: "" })),
  );
  const people = new Cast();
  const steps: Step[] = [
    ...staffSteps(plan, people, password),
    ...accounts.flatMap((account) => accountSteps(account, people, password, now)),
    ...tokens.flatMap((token) => tokenSteps(token, people)),
    ...deskSteps(accounts, people, now),
  ];
  const storiesFrom = new Date(now.getTime() - storiesFromDays * dayMs);
  const isEarly = (step: Step) => step.at < storiesFrom;
  const demo = await db.transaction(async (tx) => {
    const inside = { ...ctx, db: tx };
    await installSampleProvider(asJob({ ...inside, now: plan.since }), {});
    await runSteps(inside, steps.filter(isEarly));
    await writeUsage(tx, tokens, now);
    await writeTraces(tx, tokens, now);
    await writeRefusals(tx, tokens);
    await runSteps(inside, [
      ...steps.filter((step) => !isEarly(step)),
      ...storySteps(accounts, people, now),
      ...ownerSteps(accounts, tokens, people, now),
    ]);
    await writeRotation(tx, tokens, now);
    const made = { signIns: signInsOf(plan, password), clients: liveClients(tokens, now) };
    keep(made);
    return made;
  });
  await db.execute(sql`analyze`);
  return demo;
}
