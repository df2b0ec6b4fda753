import { eq } from "drizzle-orm";
import type { Ctx } from "#core/frame/context.ts";
import { watchTokens } from "#core/jobs/alerts.ts";
import { reportLeak } from "#core/leaks/report-leak.ts";
import { closeReport } from "#core/reports/close-report.ts";
import { joinReport } from "#core/reports/join-report.ts";
import { submitReport } from "#core/reports/submit-report.ts";
import { hourMs } from "#core/rules/time.ts";
import { logger } from "#core/runtime/log.ts";
import { accountWith, ctxOf, staffCtx } from "#core/testing.ts";
import { createToken } from "#core/tokens/create-token.ts";
import { rotateToken } from "#core/tokens/rotate-token.ts";
import type { Database } from "#db/client.ts";
import { flag, report } from "#db/schema/abuse.ts";
import { secretUse, tokenSecret } from "#db/schema/tokens.ts";
import { randomOf } from "./accounts.ts";

/** What acted by an event was found in: flags per detector at ordinary accounts, and the share of abused ones that were flagged. */
export type EventFigures = {
  falseFlags: Map<string, number>;
  recall: { detector: string; name: string; share: number }[];
};

const ordinaryName = "ordinary";
const kinds = {
  token_leak: "a live token found in public",
  retired_secret: "a secret used an hour after it was retired",
  report: "a report that staff put into a case",
} as const;

/**
 * The detectors that act on an event, through the use cases that raise them, in a database. In thirty days every ordinary account rotates a
 * token and uses the old secret within the overlap (one in fifty leaves a client behind, for a last call ten minutes after it),
 * somebody reports a text that is no token of ours or half of one, and somebody complains about it with a receipt and staff find nothing.
 */
export async function eventFigures(db: Database, accounts: number, now: Date): Promise<EventFigures> {
  const reviewer = await staffCtx(db, "reviewer", "Reviewer", now);
  const log = logger("bench");
  const at = (ms: number) => new Date(now.getTime() + ms);
  const abused = new Map<string, string>();
  const watched: number[] = [];
  for (let i = 0; i < accounts; i += 1) {
    const random = randomOf(i);
    const { memberCtx } = await accountWith(db, `${ordinaryName} ${i}`);
    const owner = await memberCtx("owner", now);
    const overlapHours = 1 + Math.floor(72 * random());
    const old = await rotated(owner, overlapHours);
    const isLeftBehind = random() < 1 / 50;
    const lastMs = isLeftBehind ? (overlapHours + 1 / 6) * hourMs : overlapHours * hourMs * random();
    await use(db, old, at(lastMs));
    watched.push(lastMs);
    const outside = outsider(db, at(lastMs), i);
    const half = random() < 0.5 ? `ghk_${i}_of_another_provider_0123456789abcdef` : old.secret.slice(0, -3);
    await reportLeak(outside, { token: half, url: "https://example.com/paste" });
    const sent = await submitReport(outside, complaint(`ordinary account ${i}`));
    await closeReport(reviewer, {
      reportId: sent.reportId,
      version: await versionOf(db, sent.reportId),
      outcome: "Nothing of it.",
    });
    const kind = (["token_leak", "retired_secret", "report"] as const)[i % 3] ?? "report";
    const victim = await accountWith(db, `${kind} ${i}`);
    abused.set(victim.accountId, kind);
    const victimOwner = await victim.memberCtx("owner", now);
    if (kind === "token_leak") {
      const { secret } = await createToken(victimOwner, { name: "Server" });
      await reportLeak(outsider(db, now, i + accounts), { token: secret, url: "https://example.com/public" });
    } else if (kind === "retired_secret") {
      await use(db, await rotated(victimOwner, 0), at(hourMs));
      watched.push(hourMs);
    } else {
      const { reportId } = await submitReport(outsider(db, now, i + accounts), complaint(`bad account ${i}`));
      const version = await versionOf(db, reportId);
      await joinReport(reviewer, { reportId, version, accountId: victim.accountId, severity: 2 });
    }
  }
  // The worker looks every minute; here right after each use.
  for (const ms of [...new Set(watched)].sort((a, b) => a - b)) await watchTokens(db, at(ms + 60_000), log);
  const flags = await db.selectDistinct({ accountId: flag.accountId, detector: flag.detector }).from(flag);
  const falseFlags = new Map<string, number>();
  for (const one of flags)
    if (abused.get(one.accountId) !== one.detector)
      falseFlags.set(one.detector, (falseFlags.get(one.detector) ?? 0) + 1);
  const recall = Object.entries(kinds).map(([detector, name]) => {
    const those = [...abused].filter(([, kind]) => kind === detector).map(([id]) => id);
    const found = those.filter((id) => flags.some((one) => one.accountId === id && one.detector === detector));
    return { detector, name, share: found.length / Math.max(1, those.length) };
  });
  return { falseFlags, recall };
}

const complaint = (about: string) => ({
  kind: "abuse" as const,
  about,
  body: "They send messages that nobody asked for.",
});

function outsider(db: Database, now: Date, n: number): Ctx {
  return { ...ctxOf(db, { kind: "visitor" }, now), ip: `10.${n >> 16}.${(n >> 8) & 255}.${n & 255}` };
}

/** A token with a new secret; gives the old one. */
async function rotated(owner: Ctx, overlapHours: number) {
  const { tokenId, secret } = await createToken(owner, { name: "Server" });
  const [first] = await owner.db
    .select({ id: tokenSecret.id })
    .from(tokenSecret)
    .where(eq(tokenSecret.tokenId, tokenId));
  if (!first) throw new Error("The token has no secret.");
  await rotateToken(owner, { tokenId, overlapHours });
  return { secretId: first.id, secret };
}

async function use(db: Database, { secretId }: { secretId: string }, lastAt: Date): Promise<void> {
  const hour = new Date(Math.floor(lastAt.getTime() / hourMs) * hourMs);
  const facts = { network: "198.51.100.0/24", client: "curl/8.9", requests: 5 };
  await db.insert(secretUse).values({ ...facts, secretId, at: hour, lastAt });
}

async function versionOf(db: Database, reportId: string): Promise<number> {
  const [found] = await db.select({ version: report.version }).from(report).where(eq(report.id, reportId));
  return found?.version ?? 0;
}
