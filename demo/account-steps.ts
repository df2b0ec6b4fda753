import { eq } from "drizzle-orm";
import { createAccount } from "#core/accounts/create-account.ts";
import { signIn } from "#core/auth/sign-in.ts";
import { type Ctx, jobCtx } from "#core/frame/context.ts";
import { acceptInvitation } from "#core/invitations/accept-invitation.ts";
import { createSetupLink } from "#core/invitations/create-setup-link.ts";
import { inviteMember, inviteOwner, inviteStaff } from "#core/invitations/invite.ts";
import { hourMs, minuteMs } from "#core/rules/time.ts";
import { account } from "#db/schema/accounts.ts";
import { user } from "#db/schema/auth.ts";
import { endpoint, override } from "#db/schema/provider.ts";
import type { DemoAccount, DemoPlan } from "./plan-types.ts";
import { randomFrom, seedOf } from "./random.ts";
import type { Cast, Step } from "./steps.ts";

/** An account in the making: `accountId` is there once its step has run. */
export type SeededAccount = DemoAccount & { accountId: string; slug: string };

/** The provider's own people: the first by the set-up link, the others invited by the first. */
export function staffSteps(plan: DemoPlan, people: Cast, password: string): Step[] {
  return plan.staff.map(({ name, email, role }, i) => ({
    at: new Date(plan.since.getTime() + (i + 1) * hourMs),
    run: async (ctx) => {
      const link =
        role === "admin"
          ? await createSetupLink(asJob(ctx), {})
          : await inviteStaff(people.asStaff(ctx, "admin"), { email, role });
      if (!link) throw new Error("There is an admin already.");
      const given = role === "admin" ? { email } : {};
      const joined = await acceptInvitation(asVisitor(ctx), { secret: shown(link.secret), name, password, ...given });
      if (!joined.ok) throw new Error(`${name} could not join the staff.`);
      // The admin hands out the links here, so the operator vouches for the staff, or nobody could approve anything.
      await ctx.db.update(user).set({ emailVerifiedAt: ctx.now }).where(eq(user.id, joined.userId));
      people.addStaff(role, joined.userId, name);
    },
  }));
}

/** The account opens, its owner signs up, invites the others, and comes back now and then. */
/** The account of the demo with that name. */
export function seededNamed(accounts: readonly SeededAccount[], name: string): SeededAccount {
  const found = accounts.find((one) => one.name === name);
  if (!found) throw new Error(`${name} is not in the demo.`);
  return found;
}

export function accountSteps(one: SeededAccount, people: Cast, password: string, now: Date): Step[] {
  const random = randomFrom(seedOf(`members of ${one.name}`));
  const owner = one.members[0];
  if (!owner) throw new Error(`${one.name} has no owner.`);
  const opening: Step = {
    at: one.createdAt,
    run: async (ctx) => {
      const { id, slug } = await createAccount(people.asStaff(ctx, "admin"), { name: one.name, plan: one.plan });
      one.accountId = id;
      one.slug = slug;
      if (one.isProtected) await ctx.db.update(account).set({ isProtected: true }).where(eq(account.id, id));
      if (one.sendLimit !== null) await agreeSendLimit(ctx, id, one.sendLimit);
    },
  };
  const joining = one.members.map(
    ({ name, email, role, joinedAt }, i): Step => ({
      at: joinedAt,
      run: async (ctx) => {
        const { secret } =
          i === 0
            ? await inviteOwner(people.asStaff(ctx, "admin"), { accountId: one.accountId, email })
            : await inviteMember(people.asMember(ctx, one, owner.email, "owner"), { email, role });
        const joined = await acceptInvitation(asVisitor(ctx), { secret: shown(secret), name, password });
        if (!joined.ok) throw new Error(`${name} could not join ${one.name}.`);
        people.addMember(
          one.name,
          email,
          joined.userId,
          name,
          `100.64.${random.whole(0, 255)}.${random.whole(1, 254)}`,
        );
      },
    }),
  );
  const lastLook = new Date(Math.max(owner.joinedAt.getTime(), now.getTime() - random.whole(40, 4 * 1440) * minuteMs));
  const visit: Step = {
    at: lastLook,
    run: async (ctx) => {
      const at = people.asMember(ctx, one, owner.email, "owner");
      await signIn({ ...asVisitor(at), userAgent: "Mozilla/5.0" }, { email: owner.email, password });
    },
  };
  return [opening, ...joining, visit];
}

/** Sample people have no mailbox, so their links are handed over. */
function shown(secret: string | null): string {
  if (secret === null) throw new Error("Sample people cannot get mail. Unset SMTP_URL to make them.");
  return secret;
}

async function agreeSendLimit(ctx: Ctx, accountId: string, value: number): Promise<void> {
  const [send] = await ctx.db.select({ id: endpoint.id }).from(endpoint).where(eq(endpoint.name, "email.send"));
  if (!send) throw new Error("The sample provider has no email.send.");
  const reason = "Agreed in the contract";
  await ctx.db.insert(override).values({
    accountId,
    kind: "rate_limit",
    endpointId: send.id,
    value,
    startsAt: ctx.now,
    reason,
    createdAt: ctx.now,
  });
}

function asVisitor(ctx: Ctx): Ctx {
  return { ...ctx, actor: { kind: "visitor" } };
}

export function asJob(ctx: Ctx, name = "Gatehouse"): Ctx {
  return { ...ctx, actor: jobCtx(ctx.db, name, ctx.now).actor };
}
