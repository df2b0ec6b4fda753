import { and, eq } from "drizzle-orm";
import { z } from "zod";
import { account } from "#db/schema/accounts.ts";
import { endpoint } from "#db/schema/provider.ts";
import { token } from "#db/schema/tokens.ts";
import * as words from "#words/words.ts";
import type { Ctx } from "../frame/context.ts";
import { query } from "../frame/define.ts";
import { notFound } from "../frame/errors.ts";
import { scoped } from "../frame/scope.ts";
import { actionsInForce } from "../frame/standing-of.ts";
import { limitNamed } from "../rules/limits/catalogue.ts";
import { type AccessFacts, checkAccess, checkLimits, checkOrder } from "../rules/limits/check-order.ts";
import { compileEndpoints, matchEndpoint } from "../rules/limits/endpoint-match.ts";
import { isAdmitted } from "../rules/networks.ts";
import { type DecisionCode, surfaces } from "../rules/vocabulary.ts";
import { readPathRules } from "../usage/read-path-rules.ts";
import { limitUses } from "./limit-uses.ts";

const checkInput = z.strictObject({
  tokenId: z.uuid(),
  surface: z.enum(surfaces).default("http"),
  /** `*` on surfaces without methods. */
  method: z.string().trim().toUpperCase().max(20).default("GET"),
  path: z.string().trim().max(2_000).default("/"),
  /** Null = the address is not known, which an allow-list refuses. */
  ip: z.union([z.ipv4(), z.ipv6()], words.errors.enterIp).nullable().default(null),
});

/**
 * What the gate would answer to one request with this token now, by the same rules in the same order, spending nothing. Counts
 * are those in the database: a second or two behind the gate.
 */
export const checkToken = query({
  permission: "tokens:read",
  input: checkInput,
  run: async (ctx, input) => {
    const { accountId, facts, capPerDay, capPerMinute, matched } = await factsOf(ctx, input);
    const refusal = checkAccess(facts, ctx.now.getTime());
    if (refusal || !matched) {
      const code = refusal?.code ?? "unknown_endpoint";
      return {
        ...verdict(code),
        missingScope: refusal?.missingScope ?? null,
        endpoint: matched,
        limiter: null,
        limits: [],
      };
    }
    const limits = await limitUses(ctx, {
      accountId,
      tokenId: input.tokenId,
      endpointId: matched.id,
      windowSeconds: matched.windowSeconds,
      capPerDay,
      capPerMinute,
    });
    const limiter = checkLimits(limits, matched.cost);
    const code = limiter === null ? "allowed" : limitNamed[limiter].code;
    return {
      ...verdict(code),
      missingScope: null,
      endpoint: matched,
      /** The limit that would refuse. */
      limiter,
      limits: limits.filter((one) => one.limit !== null),
    };
  },
});

export type TokenCheck = Awaited<ReturnType<typeof checkToken>>;

/** The steps before the one that refuses have passed; those after it were not looked at. */
function verdict(code: DecisionCode) {
  const failed = checkOrder.find((one) => (one.codes as readonly string[]).includes(code))?.step ?? null;
  const steps = checkOrder.map(({ step, check }) => ({
    step,
    check,
    state: failed === null || step < failed ? ("passed" as const) : step === failed ? ("refused" as const) : null,
  }));
  return { code, allowed: code === "allowed", steps };
}

async function factsOf(ctx: Ctx, input: z.output<typeof checkInput>) {
  const [found] = await ctx.db
    .select({
      accountId: token.accountId,
      scopes: token.scopes,
      allowedNetworks: token.allowedNetworks,
      capPerDay: token.capPerDay,
      capPerMinute: token.capPerMinute,
      expiresAt: token.expiresAt,
      pausedAt: token.pausedAt,
      revokedAt: token.revokedAt,
      closedAt: account.closedAt,
      accountNetworks: account.allowedNetworks,
    })
    .from(token)
    .innerJoin(account, eq(account.id, token.accountId))
    .where(and(eq(token.id, input.tokenId), scoped(ctx, token.accountId)));
  if (!found) throw notFound("token");
  const endpoints = await ctx.db
    .select({
      id: endpoint.id,
      name: endpoint.name,
      surface: endpoint.surface,
      method: endpoint.method,
      path: endpoint.path,
      scope: endpoint.scope,
      cost: endpoint.cost,
      windowSeconds: endpoint.windowSeconds,
      deniedAt: endpoint.deniedAt,
    })
    .from(endpoint);
  const matcher = compileEndpoints(endpoints, await readPathRules(ctx));
  const route = matchEndpoint(matcher, input.surface, input.method, input.path);
  const matched = route === "ambiguous" ? null : route;
  const { ip } = input;
  const facts: AccessFacts = {
    isWellFormed: true,
    token: {
      id: input.tokenId,
      scopes: new Set(found.scopes),
      expiresAtMs: found.expiresAt?.getTime() ?? null,
      pausedAtMs: found.pausedAt?.getTime() ?? null,
      revokedAtMs: found.revokedAt?.getTime() ?? null,
      secretRetiresAtMs: null,
    },
    closedAtMs: found.closedAt?.getTime() ?? null,
    actions: await actionsInForce(ctx, [found.accountId]),
    surface: input.surface,
    isAddressAllowed: isAdmitted(found.allowedNetworks, ip),
    isAddressOfAccount: isAdmitted(found.accountNetworks, ip),
    endpoint:
      route === "ambiguous" ? route : route && { scope: route.scope, deniedAtMs: route.deniedAt?.getTime() ?? null },
    askedScope: null,
  };
  return { accountId: found.accountId, facts, capPerDay: found.capPerDay, capPerMinute: found.capPerMinute, matched };
}
