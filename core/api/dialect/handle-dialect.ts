import { z } from "zod";
import type { Ctx } from "../../frame/context.ts";
import { transact } from "../../frame/define.ts";
import { AppError, invalid, notFound } from "../../frame/errors.ts";
import { authorize } from "../../frame/permissions.ts";
import { createToken } from "../../tokens/create-token.ts";
import { getToken } from "../../tokens/get-token.ts";
import { listTokens } from "../../tokens/list-tokens.ts";
import { pauseToken } from "../../tokens/pause-token.ts";
import { renameToken } from "../../tokens/rename-token.ts";
import { revokeToken } from "../../tokens/revoke-token.ts";
import { unpauseToken } from "../../tokens/unpause-token.ts";
import { getQuota } from "../../usage/get-quota.ts";
import { authenticate } from "../authenticate.ts";
import type { ApiDesk } from "../handle.ts";
import { spendOwnLimit } from "../own-limit.ts";
import { ApiError } from "../problem.ts";
import { readBody } from "../read-body.ts";
import { standardBodyBytes } from "../read-request.ts";
import { dialectRefusal } from "./dialect-error.ts";
import { microseconds, page, shownToken } from "./dialect-shapes.ts";
import { scopesFromDialect } from "./scope-names.ts";

const hasFull = ["email_full", "domains_full", "tokens_full", "templates_full"];

type Facts = { path: string; ip: string | null; requestId: string; now: Date };
type Answer = { status: number; body: unknown; isHtml?: boolean };

/**
 * The calls of the source document's provider that its published clients make for tokens and quota, with its bodies, statuses and
 * texts as they were recorded: GET and POST /v1/token, GET, PUT and DELETE /v1/token/{id}, PUT /v1/token/{id}/settings, GET
 * /v1/api-quota. A token's `domain` is always null, since tokens here are not tied to a domain.
 */
export async function handleDialect(desk: ApiDesk, request: Request, facts: Facts): Promise<Response> {
  const { now, ip, requestId } = facts;
  let ctx: Ctx | null = null;
  try {
    const caller = await authenticate(desk.db, request.headers.get("authorization"), ip, now);
    ctx = { actor: caller.actor, db: desk.db, now, requestId, ip, userAgent: request.headers.get("user-agent") };
    const isQuota = facts.path === "/api-quota";
    const limits = spendOwnLimit(caller.limitKey, isQuota ? 0 : 1, now.getTime());
    const isStopped = caller.standing === "suspended" || caller.standing === "terminated";
    if (isStopped && !isQuota) throw new ApiError("account_suspended", "The account is suspended.");
    const answer = await route(ctx, request, facts.path);
    return respond(answer, { ...limits, ...(await quotaHeaders(ctx)) });
  } catch (error) {
    const { status, body } = dialectRefusal(error, ctx === null);
    if (status >= 500) desk.log.error({ err: error, requestId }, "A call of the dialect failed");
    const isCounted = ctx !== null && status !== 404 && status < 500;
    const headers = error instanceof ApiError ? error.headers : {};
    return respond(
      { status, body },
      { ...headers, ...(isCounted && ctx ? await quotaHeaders(ctx).catch(() => ({})) : {}) },
    );
  }
}

async function route(ctx: Ctx, request: Request, path: string): Promise<Answer> {
  const [, area, id, part, more] = path.split("/");
  const { method } = request;
  if (area === "api-quota" && id === undefined && method === "GET") return quota(ctx);
  if (area !== "token" || more !== undefined) throw notFound("resource");
  if (id === undefined && method === "GET") return list(ctx, new URL(request.url));
  if (id === undefined && method === "POST") return create(ctx, await readJson(request));
  if (id === undefined) throw notFound("resource");
  const tokenId = z.uuid().safeParse(id).data;
  if (tokenId === undefined) throw notFound("resource");
  if (part === undefined && method === "GET") return { status: 200, body: { data: await one(ctx, tokenId) } };
  if (part === undefined && method === "PUT") return change(ctx, tokenId, await readJson(request));
  if (part === "settings" && method === "PUT") return change(ctx, tokenId, await readJson(request));
  if (part === undefined && method === "DELETE") {
    await revokeToken(ctx, { tokenId, reason: "Deleted by API" });
    return { status: 200, body: "", isHtml: true };
  }
  throw notFound("resource");
}

async function list(ctx: Ctx, url: URL): Promise<Answer> {
  const asked = pagingSchema.safeParse(Object.fromEntries(url.searchParams));
  if (!asked.success) throw invalid("limit", "The limit must be between 10 and 100.");
  const rows = (await listTokens(ctx, {})).filter((row) => row.state !== "revoked");
  return {
    status: 200,
    body: page(
      rows.map((row) => ({ ...shownToken(row), domain: null })),
      url,
      asked.data,
    ),
  };
}

const pagingSchema = z.object({
  page: z.coerce.number().int().min(1).default(1),
  limit: z.coerce.number().int().min(10).max(100).default(25),
});

async function one(ctx: Ctx, tokenId: string) {
  const found = await getToken(ctx, { tokenId });
  if (found.state === "revoked") throw notFound("resource");
  return shownToken(found);
}

async function create(ctx: Ctx, given: unknown): Promise<Answer> {
  authorize(ctx.actor, "tokens:write");
  const { name, scopes, domain_id } = parse(createSchema, given);
  if (domain_id) throw invalid("domain_id", "Tokens here are not tied to a domain. Leave domain_id out.");
  const made = await createToken(ctx, { name, scopes: scopesFromDialect(scopes) });
  const data = {
    id: made.tokenId,
    accessToken: made.secret,
    name,
    created_at: microseconds(ctx.now),
    scopes,
    has_full: hasFull.every((scope) => scopes.includes(scope)),
    domain: null,
    preview: made.preview,
    expires_at: null,
  };
  return { status: 200, body: { data } };
}

async function change(ctx: Ctx, tokenId: string, given: unknown): Promise<Answer> {
  authorize(ctx.actor, "tokens:write");
  const { name, status } = parse(changeSchema, given);
  const before = await one(ctx, tokenId);
  await transact(ctx, async (inner) => {
    if (name !== undefined && name !== before.name) await renameToken(inner, { tokenId, name });
    if (status === "pause" && before.status !== "pause") await pauseToken(inner, { tokenId });
    if (status === "unpause" && before.status !== "unpause") await unpauseToken(inner, { tokenId });
  });
  const { scopes: _scopes, ...data } = await one(ctx, tokenId);
  return { status: 200, body: { data } };
}

const createSchema = z.object({
  name: z
    .string("The name field is required.")
    .min(1, "The name field is required.")
    .max(50, "The name may not be greater than 50 characters."),
  scopes: z.array(z.string(), "The scopes field is required.").min(1, "The scopes field is required."),
  domain_id: z.string().nullish(),
});
const changeSchema = z.object({
  name: z
    .string()
    .min(1, "The name field is required.")
    .max(50, "The name may not be greater than 50 characters.")
    .optional(),
  status: z.enum(["pause", "unpause"], "The selected status is invalid.").optional(),
});

function parse<Shape extends z.ZodType>(shape: Shape, given: unknown): z.output<Shape> {
  const parsed = shape.safeParse(given);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw invalid(issue?.path.join(".") || "body", issue?.message ?? "The given data was invalid.");
}

async function readJson(request: Request): Promise<unknown> {
  const text = (await readBody(request, standardBodyBytes)).toString("utf8");
  try {
    return text === "" ? {} : JSON.parse(text);
  } catch {
    throw new AppError("invalid", "The body is not JSON.");
  }
}

async function quota(ctx: Ctx): Promise<Answer> {
  const { limit, remaining, resetAtMs } = await getQuota(ctx, {});
  return {
    status: 200,
    body: { quota: limit ?? -1, remaining: remaining ?? -1, reset: microseconds(new Date(resetAtMs)) },
  };
}

/** −1 = no limit. Told only to who may read usage. */
async function quotaHeaders(ctx: Ctx): Promise<Record<string, string>> {
  try {
    const { remaining, resetAtMs } = await getQuota(ctx, {});
    return { "x-apiquota-remaining": String(remaining ?? -1), "x-apiquota-reset": microseconds(new Date(resetAtMs)) };
  } catch (error) {
    if (error instanceof AppError && error.code === "forbidden") return {};
    throw error;
  }
}

function respond({ status, body, isHtml = false }: Answer, headers: Record<string, string>): Response {
  const type = isHtml ? "text/html; charset=UTF-8" : "application/json";
  return new Response(isHtml ? "" : JSON.stringify(body), {
    status,
    headers: { ...headers, "content-type": type, "cache-control": "no-store" },
  });
}
