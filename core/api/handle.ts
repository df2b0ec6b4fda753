import type { Database } from "#db/client.ts";
import * as words from "#words/words.ts";
import type { Ctx } from "../frame/context.ts";
import { parse, rehearse, type TransactCtx, transact } from "../frame/define.ts";
import { AppError } from "../frame/errors.ts";
import { authorize } from "../frame/permissions.ts";
import { wholeInput } from "../frame/whole-input.ts";
import { subscriberNetwork } from "../rules/networks.ts";
import type { Logger } from "../runtime/log.ts";
import { authenticate, bearerIn, type Caller } from "./authenticate.ts";
import { findOperation } from "./find-operation.ts";
import { type Answer, claimKey, keepAnswer, keyUse, releaseKey } from "./idempotency.ts";
import type { Operation } from "./operation.ts";
import { operations } from "./operations.ts";
import { spendOwnLimit } from "./own-limit.ts";
import { ApiError, apiStatuses, problemOf } from "./problem.ts";
import { type ReadRequest, readRequest } from "./read-request.ts";
import { withAccountIds } from "./with-account-ids.ts";
import { writeAnswer } from "./write-answer.ts";

/** `publicUrl` has no slash at its end. */
export type ApiDesk = { db: Database; log: Logger; publicUrl: string };
type Facts = { path: string; ip: string | null; requestId: string; now: Date };

/**
 * Answers one request of the REST API. `path` is what follows `/api/v1`. Order: is there such a call, who asks, may they, have they
 * calls left, can the request be read, do it. Never throws: what goes wrong is a problem document.
 */
export async function handle(desk: ApiDesk, request: Request, facts: Facts): Promise<Response> {
  const headers: Record<string, string> = { "cache-control": "no-store", "x-request-id": facts.requestId };
  try {
    const found = findOperation(operations, request.method, facts.path);
    if (!found) throw new AppError("not_found", words.errors.addressUnknown);
    if ("allow" in found) {
      const allow = found.allow.join(", ");
      throw new ApiError("method_not_allowed", words.errors.methodNotAllowed(allow), { allow });
    }
    const { operation, params } = found;
    const { now, ip, requestId } = facts;
    const caller = operation.isPublic
      ? visitor(ip)
      : await authenticate(desk.db, request.headers.get("authorization"), ip, now);
    Object.assign(headers, spendOwnLimit(caller.limitKey, operation.isFree ? 0 : 1, now.getTime()));
    refuseForStanding(caller, operation);
    const userAgent = request.headers.get("user-agent");
    const ctx: Ctx = { actor: caller.actor, db: desk.db, now, requestId, ip, userAgent };
    authorize(ctx.actor, operation.useCase.permission);
    const read = await readRequest(operation, request, params);
    const answer = await run(desk, ctx, caller, operation, request, read);
    return respond(answer, headers);
  } catch (error) {
    return refuse(desk, error, facts.requestId, headers);
  }
}

/** Public calls share a limit per network of a subscriber; what they may do is for their use case to bound. */
function visitor(ip: string | null): Caller {
  const network = ip === null ? null : subscriberNetwork(ip);
  return { actor: { kind: "visitor" }, callerId: "", limitKey: `visitor ${network}`, standing: null };
}

function refuseForStanding({ standing }: Caller, operation: Operation): void {
  if (standing !== "suspended" && standing !== "terminated") return;
  if (operation.isForSuspended || operation.useCase.kind === "query") return;
  throw new ApiError(`account_${standing}`, words.errors.standingSays);
}

async function run(
  desk: ApiDesk,
  ctx: Ctx,
  caller: Caller,
  operation: Operation,
  request: Request,
  read: ReadRequest,
): Promise<Answer> {
  const answerTo = (result: unknown) => writeAnswer(operation, request, read, result, desk.publicUrl);
  const named = await withAccountIds(ctx, read.input);
  const input = { ...named, ...(read.ifMatch === null ? {} : { version: read.ifMatch }) };
  if (operation.isReplacing) parse(wholeInput(operation.useCase), input);
  if (operation.useCase.kind === "query") {
    const { page } = operation.list ?? {};
    const paging = page ? page.input(read.paging.limit, read.paging.cursor) : {};
    return answerTo(await operation.useCase.fromUnknown(ctx, { ...input, ...paging }));
  }
  const act = async (inner: TransactCtx) => answerTo(await operation.useCase.fromUnknown(inner, input));
  if (read.isDryRun) return dryRun(ctx, act);
  const takesKey = operation.method === "POST" && !operation.isPublic;
  const key = takesKey ? request.headers.get("idempotency-key") : null;
  if (key === null) return transact(ctx, act).catch((error) => throwPrecondition(error, read));
  const { pathname } = new URL(request.url);
  const use = keyUse(
    key,
    caller.callerId,
    bearerIn(request.headers.get("authorization") ?? ""),
    `POST ${pathname}\n${read.text}`,
    ctx.now,
  );
  const kept = await claimKey(desk.db, use);
  if (kept) return kept;
  try {
    return await transact(ctx, async (inner) => {
      const answer = await act(inner);
      await keepAnswer(inner.db, use, answer);
      return answer;
    });
  } catch (error) {
    await releaseKey(desk.db, use);
    return throwPrecondition(error, read);
  }
}

/** The answer is the real one, with a header that says so, and without a secret: what opens nothing must not look as if it did. */
async function dryRun(ctx: Ctx, act: (inner: TransactCtx) => Promise<Answer>): Promise<Answer> {
  const answer = await rehearse(ctx, act);
  const body = answer.body
    .replace(/"secret":"[^"]*"/g, '"secret":"none-in-a-dry-run"')
    .replace(/\/portal\/[\w-]{20,}/, "/portal/none-in-a-dry-run");
  return { ...answer, body, headers: { ...answer.headers, "x-dry-run": "true" } };
}

/** With If-Match, losing the race is 412 (RFC 9110, 13.1.1). */
function throwPrecondition(error: unknown, { ifMatch }: ReadRequest): never {
  if (ifMatch !== null && error instanceof AppError && error.code === "conflict") {
    throw new ApiError("precondition_failed", error.message);
  }
  throw error;
}

function respond({ status, body, headers }: Answer, common: Record<string, string>): Response {
  return new Response(status === 204 ? null : body, { status, headers: { ...common, ...headers } });
}

function refuse(desk: ApiDesk, error: unknown, requestId: string, common: Record<string, string>): Response {
  const problem = problemOf(error, requestId, desk.publicUrl);
  if (problem.status >= 500) desk.log.error({ err: error, requestId }, "A call of the API failed");
  const headers: Record<string, string> = { ...common, "content-type": "application/problem+json" };
  if (error instanceof ApiError) Object.assign(headers, error.headers);
  if (error instanceof AppError && error.retryAfterSeconds !== undefined)
    headers["retry-after"] = String(error.retryAfterSeconds);
  if (problem.status === apiStatuses.unauthenticated) headers["www-authenticate"] = 'Bearer realm="gatehouse api"';
  return new Response(JSON.stringify(problem), { status: problem.status, headers });
}
