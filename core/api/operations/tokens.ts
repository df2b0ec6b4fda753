import { z } from "zod";
import { checkToken } from "../../tokens/check-token.ts";
import { createToken } from "../../tokens/create-token.ts";
import { editToken } from "../../tokens/edit-token.ts";
import { getRotation } from "../../tokens/get-rotation.ts";
import { getToken } from "../../tokens/get-token.ts";
import { listTokens, type TokenRow } from "../../tokens/list-tokens.ts";
import { extendOverlap, retireSecret } from "../../tokens/move-retirement.ts";
import { pauseToken } from "../../tokens/pause-token.ts";
import { revokeToken } from "../../tokens/revoke-token.ts";
import { rotateToken } from "../../tokens/rotate-token.ts";
import { unpauseToken } from "../../tokens/unpause-token.ts";
import { operation } from "../operation.ts";
import { changedTokenShape, count, exampleIds, instant, newSecretShape, tokenShape } from "../shapes.ts";

const tag = "Tokens";
const example = {
  id: exampleIds.token,
  name: "billing-cron",
  state: "active",
  preview: "gth_…a1B2",
  scopes: ["email:send"],
  allowedNetworks: ["203.0.113.0/24"],
  capPerDay: 10_000,
  capPerMinute: null,
  integrationId: null,
  createdAt: "2026-11-01T08:30:00.000Z",
  expiresAt: "2027-02-01T00:00:00.000Z",
  pausedAt: null,
  isPausedByProvider: false,
  revokedAt: null,
  revokedReason: null,
  lastUsedAt: "2026-11-24T10:15:00.000Z",
  version: 3,
};
const input = {
  name: "billing-cron",
  scopes: ["email:send"],
  expiresAt: "2027-02-01T00:00:00Z",
  allowedNetworks: ["203.0.113.0/24"],
  capPerDay: 10_000,
  capPerMinute: null,
  integrationId: null,
};
const changed = { id: exampleIds.token, name: "billing-cron", version: 4 };
const newSecret = {
  id: exampleIds.token,
  name: "billing-cron",
  preview: "gth_…a1B2",
  secret: "gth_…",
};
const tokenPath = "/tokens/{tokenId}";

export const tokenOperations = [
  operation({
    id: "tokens.list",
    method: "GET",
    path: "/tokens",
    tag,
    summary: "List tokens",
    description: "Newest first, live ones before revoked ones.",
    useCase: listTokens,
    output: tokenShape,
    list: { items: (rows) => rows, key: (row: TokenRow) => row.id },
    example: { output: example },
  }),
  operation({
    id: "tokens.create",
    method: "POST",
    path: "/tokens",
    tag,
    summary: "Create a token",
    description:
      "The response is the only place the secret is shown. A token can grant only Gatehouse scopes it has itself.",
    useCase: createToken,
    status: 201,
    output: newSecretShape,
    body: ({ tokenId, name, preview, secret }) => ({ id: tokenId, name, preview, secret }),
    example: { input, output: newSecret },
  }),
  operation({
    id: "tokens.get",
    method: "GET",
    path: tokenPath,
    tag,
    summary: "Get a token",
    useCase: getToken,
    output: tokenShape,
    version: (found) => found.version,
    example: { output: example },
  }),
  operation({
    id: "tokens.update",
    method: "PUT",
    path: tokenPath,
    tag,
    summary: "Change a token",
    description:
      "Replaces name, scopes, expiry, addresses, caps and integration: send all of them, null or [] for none. The secret stays the same.",
    useCase: editToken,
    isReplacing: true,
    output: changedTokenShape,
    version: (result) => result.version,
    example: { input, output: changed },
  }),
  operation({
    id: "tokens.pause",
    method: "POST",
    path: `${tokenPath}/pause`,
    tag,
    summary: "Pause a token",
    description: "The gate answers `token_paused` from the next request.",
    useCase: pauseToken,
    isForSuspended: true,
    output: changedTokenShape,
    version: (result) => result.version,
    example: { output: changed },
  }),
  operation({
    id: "tokens.unpause",
    method: "POST",
    path: `${tokenPath}/unpause`,
    tag,
    summary: "Unpause a token",
    description: "409 while the provider has paused it: that ends as the standing says.",
    useCase: unpauseToken,
    output: changedTokenShape,
    version: (result) => result.version,
    example: { output: changed },
  }),
  operation({
    id: "tokens.rotate",
    method: "POST",
    path: `${tokenPath}/rotate`,
    tag,
    summary: "Rotate a token",
    description: "Creates a new secret. The old one works for another `overlapHours`.",
    useCase: rotateToken,
    status: 201,
    output: newSecretShape.extend({ retiresAt: instant.describe("When the old secret stops working.") }),
    body: ({ tokenId, name, preview, secret, retiresAt }) => ({ id: tokenId, name, preview, secret, retiresAt }),
    example: { input: { overlapHours: 48 }, output: { ...newSecret, retiresAt: "2026-11-26T10:00:00.000Z" } },
  }),
  operation({
    id: "tokens.rotation",
    method: "GET",
    path: `${tokenPath}/rotation`,
    tag,
    summary: "Get the progress of a rotation",
    description: "Null when the token was never rotated. `users` still use the old secret.",
    useCase: getRotation,
    output: z
      .object({
        startedAt: instant,
        old: z.object({ preview: z.string(), retiresAt: instant.nullable(), state: z.string() }),
        current: z.object({ preview: z.string() }),
        lastOldAt: instant.nullable(),
        users: z.array(
          z.object({ network: z.string(), client: z.string(), requests: count, lastAt: instant.nullable() }),
        ),
        isUsedAfterRetirement: z.boolean(),
      })
      .nullable(),
    example: {
      output: {
        startedAt: "2026-11-24T10:00:00.000Z",
        old: { preview: "gth_…a1B2", retiresAt: "2026-11-26T10:00:00.000Z", state: "retiring" },
        current: { preview: "gth_…c3D4" },
        lastOldAt: "2026-11-24T10:20:00.000Z",
        users: [{ network: "203.0.113.0/24", client: "curl", requests: 12, lastAt: "2026-11-24T10:20:00.000Z" }],
        isUsedAfterRetirement: false,
      },
    },
  }),
  operation({
    id: "tokens.extendOverlap",
    method: "POST",
    path: `${tokenPath}/extend-overlap`,
    tag,
    summary: "Change when the old secret stops working",
    useCase: extendOverlap,
    output: changedTokenShape.extend({ retiresAt: instant }),
    version: (result) => result.version,
    example: { input: { overlapHours: 72 }, output: { ...changed, retiresAt: "2026-11-27T10:00:00.000Z" } },
  }),
  operation({
    id: "tokens.retireOld",
    method: "POST",
    path: `${tokenPath}/retire-old`,
    tag,
    summary: "Retire the old secret now",
    useCase: retireSecret,
    isForSuspended: true,
    output: changedTokenShape,
    version: (result) => result.version,
    example: { output: changed },
  }),
  operation({
    id: "tokens.revoke",
    method: "DELETE",
    path: tokenPath,
    tag,
    summary: "Revoke a token",
    description: "Permanent. The token stays in the list, with the reason.",
    useCase: revokeToken,
    isForSuspended: true,
    status: 204,
    output: null,
    example: { output: null },
  }),
  operation({
    id: "tokens.check",
    method: "POST",
    path: `${tokenPath}/check`,
    tag,
    summary: "Check what a token can do",
    description: "Returns what the gate would answer to this request now, without spending anything.",
    useCase: checkToken,
    output: z.object({
      allowed: z.boolean(),
      code: z.string(),
      missingScope: z.string().nullable(),
      steps: z.array(
        z.object({ step: z.number().int(), check: z.string(), state: z.enum(["passed", "refused"]).nullable() }),
      ),
      limits: z.array(z.object({ name: z.string(), limit: count.nullable() })),
    }),
    example: {
      input: { method: "POST", path: "/v1/email", ip: "203.0.113.9" },
      output: {
        allowed: true,
        code: "allowed",
        missingScope: null,
        steps: [{ step: 1, check: "well-formed", state: "passed" }],
        limits: [{ name: "account-quota", limit: 100_000 }],
      },
    },
  }),
];
