import { createHash } from "node:crypto";
import { and, desc, eq, gte, inArray, isNull, lt, ne, or, sql } from "drizzle-orm";
import { z } from "zod";
import { abuseCase, flag } from "#db/schema/abuse.ts";
import { token } from "#db/schema/tokens.ts";
import { usageMinute } from "#db/schema/usage.ts";
import * as words from "#words/words.ts";
import { canonicalJson } from "../frame/append-audit.ts";
import type { Ctx } from "../frame/context.ts";
import { policyInForce } from "../policy/policy-versions.ts";
import { personReport } from "../rules/detectors/person-report.ts";
import { detectorOf } from "../rules/detectors/registry.ts";
import { evidenceWindow } from "../rules/standing/evidence-window.ts";
import { minuteMs } from "../rules/time.ts";
import type { ReasonCode } from "../rules/vocabulary.ts";
import { limitsInForce } from "../usage/limits-in-force.ts";
import { readDiagnosis } from "../usage/read-diagnosis.ts";

const counts = z.object({ allowed: z.number(), refused: z.number() });

/** What an action was based on, frozen with it. The owner's statement of reasons shows the same numbers. */
export const evidenceSchema = z.object({
  takenAt: z.string(),
  windowMinutes: z.number(),
  /** End of the window; not there = it ended when it was taken. */
  windowEndsAt: z.string().optional(),
  totals: counts,
  tokens: z.array(counts.extend({ tokenId: z.string(), name: z.string() })),
  codes: z.record(z.string(), z.number()),
  /** Requests per minute of the window, oldest first, minutes without any left out. */
  minutes: z.array(counts.extend({ at: z.string() })),
  flags: z.array(
    z.object({
      detector: z.string(),
      detectorVersion: z.number(),
      severity: z.number(),
      summary: z.string(),
      evidence: z.record(z.string(), z.number()),
      /** Of the traffic. Not there in what was sealed before flags kept them. */
      firstSeenAt: z.string().optional(),
      lastSeenAt: z.string().optional(),
    }),
  ),
  limits: z.object({
    plan: z.string(),
    quotaPerDay: z.number().nullable(),
    endpoints: z.array(z.object({ name: z.string(), limit: z.number().nullable(), windowSeconds: z.number() })),
  }),
  policy: z.object({ title: z.string(), number: z.number() }),
  /** What its clients did wrong and what to change, what cost most first. Not there in what was sealed before they were looked for. */
  findings: z
    .array(
      z.object({
        kind: z.string(),
        title: z.string(),
        tokenName: z.string().nullable(),
        endpoint: z.string().nullable(),
        evidence: z.string(),
        instruction: z.string(),
      }),
    )
    .optional(),
});
export type Evidence = z.output<typeof evidenceSchema>;

/** Sealed evidence as its account may read it: without what a person reported, whose words are for staff. Null = it cannot be read. */
export function ownersEvidence(sealed: unknown): Evidence | null {
  const evidence = evidenceSchema.nullable().catch(null).parse(sealed);
  return evidence && { ...evidence, flags: evidence.flags.filter(({ detector }) => detector !== personReport.id) };
}

const mostFindings = 5;

/**
 * Freezes what an action rests on: the flags of its case and the traffic around them, and the limits in force. Without a flag it is
 * the last hour. Returns it with its SHA-256 over canonical JSON, and the policy version in force.
 */
export async function sealEvidence(ctx: Ctx, accountId: string, caseId: string | null, reasonCode: ReasonCode) {
  const policy = await policyInForce(ctx);
  const flags = caseId ? await flagsOf(ctx, caseId) : [];
  // When somebody reported says nothing of the traffic, and is not for the account to know.
  const counted = flags.filter(({ detector }) => detector !== personReport.id);
  const grounds = counted.filter(({ detector }) => detectorOf(detector)?.reasonCode === reasonCode);
  const { fromMs, toMs } = evidenceWindow(grounds.length > 0 ? grounds : counted, ctx.now.getTime());
  const from = new Date(fromMs);
  const rows = await ctx.db
    .select({
      at: usageMinute.at,
      tokenId: usageMinute.tokenId,
      tokenName: token.name,
      outcome: usageMinute.outcome,
      requests: sql<number>`sum(${usageMinute.requests})::float8`,
    })
    .from(usageMinute)
    .leftJoin(token, eq(token.id, usageMinute.tokenId))
    .where(and(eq(usageMinute.accountId, accountId), gte(usageMinute.at, from), lt(usageMinute.at, new Date(toMs))))
    .groupBy(usageMinute.at, usageMinute.tokenId, token.name, usageMinute.outcome)
    .orderBy(usageMinute.at);
  const limits = await limitsInForce(ctx, accountId);
  const evidence: Evidence = evidenceSchema.parse({
    takenAt: ctx.now.toISOString(),
    windowMinutes: (toMs - fromMs) / minuteMs,
    windowEndsAt: new Date(toMs).toISOString(),
    ...tally(rows),
    flags: flags.map(({ firstSeenAt, lastSeenAt, ...one }) => ({
      ...one,
      firstSeenAt: firstSeenAt.toISOString(),
      lastSeenAt: lastSeenAt.toISOString(),
    })),
    limits,
    policy: { title: policy.title, number: policy.number },
    findings: (await readDiagnosis(ctx, accountId, limits)).slice(0, mostFindings).map(({ endpoint, ...one }) => ({
      ...one,
      endpoint: endpoint && words.route(endpoint),
    })),
  });
  return { evidence, hash: sealOf(evidence), policyVersionId: policy.id };
}

/** SHA-256, hexadecimal, over canonical JSON: what an action keeps of its evidence to show that nobody changed it. */
export function sealOf(evidence: unknown): string {
  return createHash("sha256").update(canonicalJson(evidence)).digest("hex");
}

/** The gravest first; not those that were decided before the case was reopened. */
function flagsOf(ctx: Ctx, caseId: string) {
  return ctx.db
    .select({
      detector: flag.detector,
      detectorVersion: flag.detectorVersion,
      severity: flag.severity,
      summary: flag.summary,
      evidence: flag.evidence,
      firstSeenAt: flag.firstSeenAt,
      lastSeenAt: flag.lastSeenAt,
    })
    .from(flag)
    .innerJoin(abuseCase, eq(abuseCase.id, flag.caseId))
    .where(
      and(
        eq(flag.caseId, caseId),
        inArray(flag.state, ["open", "recovering", "in_case", "confirmed"]),
        or(
          ne(flag.state, "confirmed"),
          isNull(abuseCase.reopenedAt),
          sql`${flag.decidedAt} >= ${abuseCase.reopenedAt}`,
        ),
      ),
    )
    .orderBy(desc(flag.severity), desc(flag.lastSeenAt));
}

type Row = { at: Date; tokenId: string; tokenName: string | null; outcome: string; requests: number };

function tally(rows: readonly Row[]) {
  const totals = { allowed: 0, refused: 0 };
  const tokens = new Map<string, { tokenId: string; name: string; allowed: number; refused: number }>();
  const minutes = new Map<string, { at: string; allowed: number; refused: number }>();
  const codes: Record<string, number> = {};
  for (const row of rows) {
    const kind = row.outcome === "allowed" ? "allowed" : "refused";
    const at = row.at.toISOString();
    const minute = minutes.get(at) ?? { at, allowed: 0, refused: 0 };
    const own = tokens.get(row.tokenId) ?? { tokenId: row.tokenId, name: row.tokenName ?? "", allowed: 0, refused: 0 };
    totals[kind] += row.requests;
    minute[kind] += row.requests;
    own[kind] += row.requests;
    codes[row.outcome] = (codes[row.outcome] ?? 0) + row.requests;
    minutes.set(at, minute);
    tokens.set(row.tokenId, own);
  }
  const busiest = [...tokens.values()].sort((a, b) => b.allowed + b.refused - a.allowed - a.refused).slice(0, 20);
  return { totals, tokens: busiest, minutes: [...minutes.values()], codes };
}
