import { and, eq, gt, ne, sql } from "drizzle-orm";
import { report } from "#db/schema/abuse.ts";
import type { Ctx } from "../frame/context.ts";
import type { MailContent } from "../mail/mail-content.ts";
import { queueMail } from "../mail/queue-mail.ts";
import { registeredDomain } from "../mail/registered-domain.ts";
import {
  brokenBound,
  type ReporterBound,
  type ReporterMailKind,
  reporterBounds,
} from "../rules/cases/reporter-mail.ts";
import { isInNetworks, parseNetworks, subscriberNetwork } from "../rules/networks.ts";

type Reporter = { reportId: string; email: string; ip: string | null };

/** The mail's kind, as lists name it. */
export const reporterMailNames: Record<ReporterMailKind, string> = {
  acknowledgement: "report_acknowledged",
  answer: "report_answered",
};

/**
 * Writes to somebody who reported something, within the bounds of such mail: nobody has proven the address. Marks the report as
 * written to. Returns the bound that forbids it; null = it is written. Takes a lock, so that two at once are counted one after the other.
 */
export async function writeToReporter(
  ctx: Ctx,
  kind: ReporterMailKind,
  { reportId, email, ip }: Reporter,
  content: MailContent,
): Promise<ReporterBound | null> {
  await ctx.db.execute(sql`select pg_advisory_xact_lock(hashtext('gatehouse bound'), hashtext('reporter mail'))`);
  const at = kind === "acknowledgement" ? report.acknowledgedAt : report.answeredAt;
  const longestMs = Math.max(...reporterBounds[kind].map((bound) => bound.windowMs));
  const written = await ctx.db
    .select({ at, email: report.reporterEmail, ip: report.ip })
    .from(report)
    .where(and(gt(at, new Date(ctx.now.getTime() - longestMs)), ne(report.id, reportId)));
  const broken = brokenBound(kind, (bound) => {
    const since = ctx.now.getTime() - bound.windowMs;
    return written.filter((one) => (one.at?.getTime() ?? 0) > since && shares[bound.of](one, { email, ip })).length;
  });
  if (broken !== null) return broken;
  const mark = kind === "acknowledgement" ? { acknowledgedAt: ctx.now } : { answeredAt: ctx.now };
  await ctx.db.update(report).set(mark).where(eq(report.id, reportId));
  await queueMail(ctx, {
    kind: reporterMailNames[kind],
    to: { address: email, userId: null },
    // Of no account: its people must not find who reported it.
    ...{ subjectId: reportId, content },
  });
  return null;
}

type Sender = { email: string | null; ip: string | null };

const shares: Record<ReporterBound["of"], (written: Sender, now: { email: string; ip: string | null }) => boolean> = {
  address: (written, now) => written.email !== null && mailbox(written.email) === mailbox(now.email),
  domain: (written, now) => written.email !== null && domainOf(written.email) === domainOf(now.email),
  network: (written, now) => {
    const network = now.ip === null ? null : subscriberNetwork(now.ip);
    return network !== null && written.ip !== null && isInNetworks(parseNetworks([network]), written.ip);
  },
  all: () => true,
};

/** One mailbox can be written in many ways: providers ignore dots and what follows a plus. */
function mailbox(email: string): string {
  const [local = "", domain = ""] = email.toLowerCase().split("@");
  return `${local.replace(/\+.*$/, "").replaceAll(".", "")}@${domain}`;
}

function domainOf(email: string): string {
  return registeredDomain(email.toLowerCase().split("@").at(-1) ?? "");
}
