import { createHash, verify } from "node:crypto";
import { z } from "zod";
import type { Database } from "#db/client.ts";
import * as words from "#words/words.ts";
import type { Ctx } from "../frame/context.ts";
import { transact } from "../frame/define.ts";
import { AppError } from "../frame/errors.ts";
import { record } from "../frame/record.ts";
import { factOf, takeReport } from "../leaks/report-leak.ts";
import type { ScanningKeys } from "../leaks/scanning-keys.ts";
import { maxTokenLength } from "../rules/tokens/token.ts";
import type { ApiDesk } from "./handle.ts";
import { ApiError, problemOf } from "./problem.ts";
import { readBody } from "./read-body.ts";

const largestBodyBytes = 1024 * 1024;
const mostReports = 1_000;

const reportsSchema = z
  .array(
    z.object({
      token: z.string().min(1).max(maxTokenLength),
      type: z.string().max(100),
      url: z.string().max(2_000).nullish(),
      source: z.string().max(100).nullish(),
    }),
  )
  .max(mostReports);

type Facts = { ip: string | null; requestId: string; now: Date };

/**
 * A call of GitHub's secret-scanning partner programme: a JSON array of `{token, type, url, source}` with an ECDSA P-256 signature
 * over the raw body. Each token is treated as leaked; the answer says of each whether it is ours, by hash. Nothing is looked at
 * before the signature has been checked.
 */
export async function handleSecretScanning(
  desk: ApiDesk,
  keys: ScanningKeys,
  request: Request,
  facts: Facts,
): Promise<Response> {
  const { now, ip, requestId } = facts;
  try {
    const raw = await readBody(request, largestBodyBytes);
    await checkSignature(keys, request.headers, raw, now.getTime());
    const reports = parse(raw);
    const actor = { kind: "job" as const, name: "Secret scanning" };
    const ctx: Ctx = { actor, db: desk.db, now, requestId, ip, userAgent: request.headers.get("user-agent") };
    const labels = [];
    for (const report of reports) labels.push(await take(desk.db, ctx, report));
    return Response.json(labels, { headers: { "cache-control": "no-store", "x-request-id": requestId } });
  } catch (error) {
    const problem = problemOf(error, requestId, desk.publicUrl);
    if (problem.status >= 500) desk.log.error({ err: error, requestId }, "A secret-scanning call failed");
    return Response.json(problem, { status: problem.status, headers: { "content-type": "application/problem+json" } });
  }
}

async function checkSignature(keys: ScanningKeys, headers: Headers, raw: Buffer, nowMs: number): Promise<void> {
  const id = headers.get("github-public-key-identifier");
  const signature = headers.get("github-public-key-signature");
  if (!id || !signature) throw new AppError("unauthenticated", words.errors.scanNotSigned);
  const key = await keys.find(id, nowMs);
  if (key === null) throw new AppError("unauthenticated", words.errors.scanKeyUnknown);
  if (!isSignedBy(key, raw, signature)) throw new AppError("unauthenticated", words.errors.scanSignatureWrong);
}

function isSignedBy(pem: string, raw: Buffer, signature: string): boolean {
  try {
    return verify("sha256", raw, pem, Buffer.from(signature, "base64"));
  } catch {
    // Not a key, or not a signature.
    return false;
  }
}

function parse(raw: Buffer): z.output<typeof reportsSchema> {
  try {
    return reportsSchema.parse(JSON.parse(raw.toString("utf8")));
  } catch {
    throw new ApiError("bad_request", words.errors.scanReportsForm(mostReports));
  }
}

/** One transaction each: a report that fails does not undo the others, and all of them are safe to send again. */
async function take(db: Database, ctx: Ctx, { token, type, url, source }: z.output<typeof reportsSchema>[number]) {
  const { isOurs } = await transact({ ...ctx, db }, async (inner) => {
    const place = url && URL.canParse(url) ? url : "";
    const result = await takeReport(inner, {
      text: token,
      url: place,
      source: (source ?? "").toLowerCase(),
      reporter: "github",
    });
    const reported = factOf(result.reportId, result.outcome, result.accountId, "github");
    if (reported) await record(inner, reported);
    return result;
  });
  const hash = createHash("sha256").update(token).digest("hex");
  return { token_hash: hash, token_type: type, label: isOurs ? "true_positive" : "false_positive" };
}
