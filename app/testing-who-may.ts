import { eq } from "drizzle-orm";
import { draftDetector } from "#core/detection/change-detector.ts";
import { imposeAction } from "#core/enforcement/impose-action.ts";
import type { Ctx } from "#core/frame/context.ts";
import { inviteStaff } from "#core/invitations/invite.ts";
import { listReports } from "#core/reports/list-reports.ts";
import { submitReport } from "#core/reports/submit-report.ts";
import { ctxOf, staffCtx } from "#core/testing.ts";
import type { Database } from "#db/client.ts";
import { user } from "#db/schema/auth.ts";
import { deskOf, grounds } from "./testing-desk.ts";
import { issuerSettings } from "./testing-issuer.ts";

/** For tests only: the table “who may do what”, one line per attempt, with a form for each over things made for it alone. */

/** In force at once · for 24 hours unless confirmed · waiting for a second person · not at all. */
export type Outcome = "yes" | "emergency" | "propose" | "no";
/** Of support, reviewer, lead, admin and a program with a key. */
type Row = readonly [Outcome, Outcome, Outcome, Outcome, Outcome];
type Form = Record<string, unknown>;
export type Attempt = {
  what: string;
  /** The screen's action. */
  act: string;
  may: Row;
  form: (who: Ctx, db: Database) => Promise<Form>;
};

const all: Row = ["yes", "yes", "yes", "yes", "yes"];
const people: Row = ["yes", "yes", "yes", "yes", "no"];
const propose: Row = ["propose", "propose", "propose", "propose", "no"];
const fromReviewer: Row = ["no", "yes", "yes", "yes", "no"];
const fromLead: Row = ["no", "no", "yes", "yes", "no"];
const admins: Row = ["no", "no", "no", "yes", "no"];
const nobody: Row = ["no", "no", "no", "no", "no"];
/** Support waits for a second person where a reviewer acts. */
const short: Row = ["propose", "yes", "yes", "yes", "no"];

const day = { type: "throttle", factor: 0.5, durationHours: 24 } as const;
const forGood = { type: "suspension", forGood: true } as const;
const suspension = (durationHours: number) => ({ type: "suspension", durationHours });

function impose(terms: Form, options?: { isProtected: boolean }): Attempt["form"] {
  return async (_who, db) => {
    const { accountId, tokenId } = await deskOf(db).anAccount(options);
    return { accountId, ...grounds, ...terms, ...(terms.type === "token_pause" ? { tokenId } : {}) };
  };
}
const onCase =
  (more: Form): Attempt["form"] =>
  async (_who, db) => ({ caseId: (await deskOf(db).aCase()).caseId, ...more });
const onFlag =
  (more: Form): Attempt["form"] =>
  async (_who, db) => ({ flagId: (await deskOf(db).aCase()).flagId, ...more });
function lift(
  whose: "own" | "another's",
  terms: Parameters<ReturnType<typeof deskOf>["inForce"]>[1],
  hoursAgo = 0,
): Attempt["form"] {
  return async (who, db) => {
    const author = whose === "own" ? who : await deskOf(db).staff("lead");
    const { actionId } = await deskOf(db).inForce(author, terms, { hoursAgo });
    return { actionId, reason: "The client was fixed." };
  };
}
function approve(terms: Form): Attempt["form"] {
  return async (_who, db) => {
    const { accountId } = await deskOf(db).anAccount();
    const author = await deskOf(db).staff("support");
    const { actionId } = await imposeAction.fromUnknown(author, { accountId, ...grounds, ...terms });
    return { actionId };
  };
}
async function anAppeal(_who: Ctx, db: Database): Promise<Form> {
  const { appealId, version } = await deskOf(db).anAppeal();
  return { appealId, version, decision: "granted", text: "The limit was set wrong by us." };
}
async function aDraft(_who: Ctx, db: Database): Promise<Form> {
  const input = { detector: "spike", mode: "shadow" as const, note: "Watch it." };
  const { number } = await draftDetector(await deskOf(db).staff("reviewer"), input);
  return { detector: "spike", number };
}
async function anException(_who: Ctx, db: Database): Promise<Form> {
  const { accountId } = await deskOf(db).anAccount();
  return { accountId, kind: "quota", value: 5, reason: "A launch." };
}
async function aColleague(_who: Ctx, db: Database): Promise<Form> {
  const { actor } = await deskOf(db).staff("support");
  return { userId: "userId" in actor ? actor.userId : "" };
}
/** A member of an account, with a second step. */
async function aCustomer(_who: Ctx, db: Database): Promise<Form> {
  const { owner } = await deskOf(db).anAccount();
  const userId = "userId" in owner.actor ? owner.actor.userId : "";
  await db.update(user).set({ totpSince: owner.now }).where(eq(user.id, userId));
  return { userId, reason: "Asked for by the owner." };
}
/** One report of a person who left an address; more from one address would be refused. */
export async function aReporter(_who: Ctx, db: Database): Promise<Form> {
  const support = await deskOf(db).staff("support");
  if ((await listReports(support, {})).length === 0) {
    await submitReport(ctxOf(db, { kind: "visitor" }, new Date()), {
      kind: "abuse",
      about: "Unwanted mail",
      body: "They send mail that nobody has asked for.",
      reporterEmail: "nina@example.com",
    });
  }
  const [report] = await listReports(support, {});
  return { what: "reporter_email", subjectId: report?.id ?? "", reason: "To ask what was sent." };
}
const once = () => crypto.randomUUID().slice(0, 8);
const plan = async () => ({ name: `Plan ${once()}`, quotaPerDay: 100 });
const endpoint = async () => ({
  name: `call.${once()}`,
  surface: "http",
  method: "GET",
  path: `/v1/${once()}`,
  rateLimit: 10,
});
const draft = async () => ({ detector: "probing", mode: "shadow", note: "Watch it first." });
const invitation = async () => ({ email: `${once()}@example.com`, role: "support" as const });

const onCases = (name: string) => `staff/cases/${name}Action`;
const [imposing, approving, lifting] = ["impose", "approve", "lift"].map(
  (verb) => `staff/_action/${verb}ActionAction`,
) as [string, string, string];
const deciding = "staff/appeals/decideAppealAction";
const row = (what: string, act: string, may: Row, form: Attempt["form"]): Attempt => ({ what, act, may, form });

export const attempts: Attempt[] = [
  row("unmask an address", "staff/reports/unmaskAction", people, aReporter),
  row("dismiss", onCases("dismissFlag"), people, onFlag({ reason: "not_abuse" })),
  row("snooze for 7 days", onCases("snoozeCase"), people, onCase({ version: 1, hours: 168 })),
  row("snooze for longer", onCases("snoozeCase"), nobody, onCase({ version: 1, hours: 169 })),
  row("mute for 7 days", onCases("muteFlag"), people, onFlag({ days: 7, reason: "A known load." })),
  row("mute for longer", onCases("muteFlag"), fromLead, onFlag({ days: 8, reason: "A known load." })),
  row("note", onCases("addNote"), people, onCase({ text: "Called them." })),
  row("notice", imposing, all, impose({ type: "notice" })),
  row("throttle for 24 hours", imposing, all, impose(day)),
  row("throttle for 25 hours", imposing, people, impose({ ...day, durationHours: 25 })),
  row("throttle of a protected account", imposing, propose, impose(day, { isProtected: true })),
  row("token pause for 24 hours", imposing, all, impose({ type: "token_pause", durationHours: 24 })),
  row("token pause without end", imposing, people, impose({ type: "token_pause", forGood: true })),
  row("suspension for 24 hours", imposing, ["emergency", "yes", "yes", "yes", "no"], impose(suspension(24))),
  row("suspension for 25 hours", imposing, short, impose(suspension(25))),
  row("suspension for 30 days", imposing, short, impose(suspension(720))),
  row("suspension for 31 days", imposing, ["propose", "propose", "yes", "yes", "no"], impose(suspension(744))),
  row("suspension for 91 days", imposing, nobody, impose(suspension(2_184))),
  row("suspension for good", imposing, propose, impose(forGood)),
  row("termination", imposing, propose, impose({ type: "termination" })),
  row("approve a suspension for 30 days", approving, fromReviewer, approve(suspension(720))),
  row("approve a suspension for good", approving, fromLead, approve(forGood)),
  row("approve a termination", approving, fromLead, approve({ type: "termination" })),
  row("lift one's own at once", lifting, all, lift("own", day)),
  row("lift one's own after two hours", lifting, ["no", "yes", "yes", "yes", "yes"], lift("own", day, 2)),
  row("lift another's, temporary", lifting, fromReviewer, lift("another's", day)),
  row("lift another's, permanent", lifting, fromLead, lift("another's", forGood)),
  row("decide an appeal", deciding, fromReviewer, anAppeal),
  row("add a plan", "staff/limits/createPlanAction", fromLead, plan),
  row("add an endpoint", "staff/limits/createEndpointAction", fromLead, endpoint),
  row("give an account an exception", "staff/accounts/addOverrideAction", fromLead, anException),
  row("draft a detector", "staff/detectors/draftDetectorAction", fromReviewer, draft),
  row("publish a detector", "staff/detectors/publishDetectorAction", fromLead, aDraft),
  row("invite staff", "staff/people/inviteStaffAction", admins, invitation),
  row("change a role", "staff/people/changeStaffRoleAction", admins, async (who, db) => ({
    ...(await aColleague(who, db)),
    role: "reviewer",
  })),
  row("remove staff", "staff/people/removeStaffAction", admins, aColleague),
  row("add an issuer", "staff/single-sign-on/addProviderAction", admins, () => issuerSettings()),
  row("block a person", "staff/people/blockPersonAction", ["no", "no", "no", "yes", "yes"], aCustomer),
  row("block staff", "staff/people/blockPersonAction", admins, async (who, db) => ({
    ...(await aColleague(who, db)),
    reason: "Left the company.",
  })),
  row("propose to remove a second step", "staff/people/proposeSecondStepRemovalAction", admins, aCustomer),
  row("resend an invitation of staff", "staff/people/resendStaffInvitationAction", admins, async (_who, db) => ({
    invitationId: (await inviteStaff(await staffCtx(db, "admin"), await invitation())).id,
  })),
  row("revoke an invitation of staff", "staff/people/revokeStaffInvitationAction", admins, async (_who, db) => ({
    invitationId: (await inviteStaff(await staffCtx(db, "admin"), await invitation())).id,
  })),
];
