import { eq } from "drizzle-orm";
import { submitAppeal } from "#core/appeals/submit-appeal.ts";
import { listCases } from "#core/cases/list-cases.ts";
import { recordSignals } from "#core/detection/record-signals.ts";
import { approveAction } from "#core/enforcement/approve-action.ts";
import { imposeAction } from "#core/enforcement/impose-action.ts";
import { type Ctx, jobCtx } from "#core/frame/context.ts";
import type { StaffRole } from "#core/rules/vocabulary.ts";
import { accountWith, probingSignal, staffCtx } from "#core/testing.ts";
import { createToken } from "#core/tokens/create-token.ts";
import type { Database } from "#db/client.ts";
import { flag } from "#db/schema/abuse.ts";
import { account } from "#db/schema/accounts.ts";
import { action, appeal } from "#db/schema/enforcement.ts";

/** For tests only: what a desk has in front of it, arranged anew for every attempt, at the real time because actions look at it. */

export const grounds = {
  reasonCode: "rate_excess" as const,
  publicText: "Your client ignores its limit.",
  internalNote: "See the chart.",
};
type ImposeTerms = Omit<Parameters<typeof imposeAction>[1], "accountId" | keyof typeof grounds>;

let serial = 0;

export function deskOf(db: Database) {
  const staff = (role: StaffRole, name?: string) => staffCtx(db, role, name, new Date());

  const anAccount = async ({ isProtected = false } = {}) => {
    serial += 1;
    const name = `Desk ${serial}`;
    const made = await accountWith(db, name);
    const owner = await made.memberCtx("owner", new Date());
    const { tokenId } = await createToken(owner, { name: "one" });
    if (isProtected) await db.update(account).set({ isProtected }).where(eq(account.id, made.accountId));
    return { ...made, name, owner, tokenId };
  };

  const aCase = async () => {
    const made = await anAccount();
    const { accountId } = made;
    await recordSignals(jobCtx(db, "Detectors", new Date()), { accountId, signals: [probingSignal(accountId)] });
    const [found] = await db.select({ flagId: flag.id }).from(flag).where(eq(flag.accountId, accountId));
    const {
      cases: [open],
    } = await listCases(await staff("support"), { search: made.name });
    return { ...made, flagId: found?.flagId ?? "", caseId: open?.id ?? "" };
  };

  /** An action in force, imposed `hoursAgo` by this person; what needs a second one was approved by an admin. */
  const inForce = async (author: Ctx, terms: ImposeTerms, { hoursAgo = 0 } = {}) => {
    const made = await anAccount();
    const { actionId, state } = await imposeAction(author, { accountId: made.accountId, ...grounds, ...terms });
    if (state === "pending_approval") await approveAction(await staff("admin"), { actionId });
    const appliedAt = new Date(Date.now() - hoursAgo * 3_600_000);
    await db.update(action).set({ appliedAt }).where(eq(action.id, actionId));
    return { ...made, actionId };
  };

  /** An appeal against what somebody else imposed, or this person. */
  const anAppeal = async (author?: Ctx) => {
    const by = author ?? (await staff("lead"));
    const made = await inForce(by, { type: "suspension", durationHours: 24 });
    const { appealId } = await submitAppeal(made.owner, {
      actionId: made.actionId,
      cause: "A loop in our release 4.2.",
      changed: "We wait for Retry-After now.",
      prevention: "A test covers the loop.",
    });
    const [found] = await db.select({ version: appeal.version }).from(appeal).where(eq(appeal.id, appealId));
    return { ...made, appealId, version: found?.version ?? 0 };
  };

  return { staff, anAccount, aCase, inForce, anAppeal };
}
