import { eq, sql } from "drizzle-orm";
import { z } from "zod";
import { account } from "#db/schema/accounts.ts";
import { plan } from "#db/schema/provider.ts";
import * as deskWords from "#words/desk.ts";
import * as words from "#words/words.ts";
import { changesBetween } from "../facts/changes.ts";
import { fact } from "../facts/fact.ts";
import { actingRole } from "../frame/acting-role.ts";
import type { Ctx } from "../frame/context.ts";
import { command } from "../frame/define.ts";
import { AppError, notFound } from "../frame/errors.ts";
import { lockAccounts } from "../frame/lock-accounts.ts";
import { record } from "../frame/record.ts";
import { memberRoles } from "../rules/vocabulary.ts";
import { accountName, insertAccount, planName, planNamed } from "./create-account.ts";
import { externalId, findByExternalId, lockExternalId } from "./external-id.ts";
import { type MatchedMembers, matchMembers } from "./match-members.ts";

const mostMembers = 200;

const wantedMember = z.strictObject({
  email: z.string().trim().toLowerCase().pipe(z.email(words.errors.enterEmailLike)),
  role: z.enum(memberRoles),
});

export const provisionInput = z.strictObject({
  externalId,
  name: accountName,
  /** Name of the plan. */
  plan: planName,
  /** Left out = members stay as they are. */
  members: z
    .array(wantedMember)
    .max(mostMembers)
    .superRefine((members, refine) => {
      for (const [index, { email }] of members.entries()) {
        if (members.findIndex((one) => one.email === email) === index) continue;
        refine.addIssue({ code: "custom", path: [index, "email"], message: deskWords.errors.memberTwice(email) });
      }
    })
    .optional(),
  /** Left out = stays as it is. */
  isProtected: z.boolean().optional(),
  /** Sends invitations again that nobody has accepted in time. */
  renewInvitations: z.boolean().default(false),
});
export type ProvisionInput = z.output<typeof provisionInput>;

/** What provisioning can change of an account. */
export const provisioned = ["name", "plan", "isProtected", "members"] as const;

export type Provisioned = {
  accountId: string;
  externalId: string;
  outcome: "created" | "changed" | "unchanged";
  changes: (typeof provisioned)[number][];
  /** Null = the call named no members. */
  members: MatchedMembers | null;
};

/**
 * Creates the account that the provider calls `externalId`, or makes it what the provider says. Repeat-safe: the same call again
 * changes nothing, records nothing and sends nothing. Calls for one external id follow each other.
 */
export const provisionAccount = command({
  permission: "accounts:provision",
  needsProof: true,
  input: provisionInput,
  run: async (ctx, input): Promise<Provisioned> => {
    await lockExternalId(ctx, input.externalId);
    const known = await findByExternalId(ctx, input.externalId);
    const accountId = known ?? (await create(ctx, input));
    if (known !== null) await lockAccounts(ctx, [known]);
    const terms = await changeTerms(ctx, accountId, input);
    const { members: wanted, renewInvitations: renews } = input;
    const members = wanted ? await matchMembers(ctx, accountId, { wanted, renews }) : null;
    const changes = [...terms, ...(members !== null && isChange(members) ? (["members"] as const) : [])];
    const outcome = known === null ? "created" : changes.length > 0 ? "changed" : "unchanged";
    return { accountId, externalId: input.externalId, outcome, changes, members };
  },
  // Each change is recorded where it is made; a repetition has none.
  happened: () => null,
});

function isChange({ invited, changed, removed, withdrawn }: MatchedMembers): boolean {
  return invited.length + changed + removed + withdrawn > 0;
}

async function create(ctx: Ctx, input: ProvisionInput): Promise<string> {
  const { name, plan: planOf, externalId: id } = input;
  const made = await insertAccount(ctx, { name, plan: planOf, externalId: id });
  const about = { subjectId: made.id, accountId: made.id };
  await record(ctx, fact("account.created", about, { name, plan: planOf, externalId: id }));
  return made.id;
}

/** Name, plan and protection, each only where it differs. */
async function changeTerms(ctx: Ctx, accountId: string, input: ProvisionInput): Promise<Provisioned["changes"]> {
  const wanted = await planNamed(ctx, input.plan);
  const [found] = await ctx.db
    .select({
      name: account.name,
      planId: account.planId,
      plan: plan.name,
      isProtected: account.isProtected,
      closedAt: account.closedAt,
    })
    .from(account)
    .innerJoin(plan, eq(plan.id, account.planId))
    .where(eq(account.id, accountId));
  if (!found) throw notFound("account");
  if (found.closedAt) throw new AppError("conflict", deskWords.errors.accountIsClosed);
  const { name, isProtected = found.isProtected } = input;
  const about = { subjectId: accountId, accountId };
  const changes: Provisioned["changes"] = [];
  if (found.name !== name) {
    changes.push("name");
    await record(ctx, fact("account.renamed", about, { changes: changesBetween({ name: found.name }, { name }) }));
  }
  if (found.planId !== wanted.id) {
    changes.push("plan");
    const planChanges = changesBetween({ plan: found.plan }, { plan: input.plan });
    await record(ctx, fact("account.plan_changed", about, { changes: planChanges }));
  }
  if (found.isProtected !== isProtected) {
    if (!isProtected) refuseAutomation(ctx);
    changes.push("isProtected");
    await record(ctx, fact(isProtected ? "account.protected" : "account.unprotected", about));
  }
  if (changes.length > 0)
    await ctx.db
      .update(account)
      .set({ name, planId: wanted.id, isProtected, version: sql`${account.version} + 1` })
      .where(eq(account.id, accountId));
  return changes;
}

/** Protection asks for two people; a program that could take it off would be the second. */
function refuseAutomation({ actor }: Ctx): void {
  if (actor.kind === "staff" && actingRole(actor) === "automation")
    throw new AppError("forbidden", deskWords.errors.onlyPeople("unprotectAccounts"));
}
