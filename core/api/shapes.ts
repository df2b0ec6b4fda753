import { z } from "zod";
import { dismissReasons, standings } from "../rules/vocabulary.ts";

/** Published shapes that several calls answer with, as they are after JSON: times are ISO 8601 in UTC. */
export const instant = z.iso.datetime();
export const count = z.number().int().min(0);
export const uuid = z.uuid();

export const tokenShape = z.object({
  id: uuid,
  name: z.string(),
  state: z.enum(["active", "paused", "expired", "revoked"]),
  preview: z.string().describe("The only part of the secret that is shown again."),
  scopes: z.array(z.string()),
  allowedNetworks: z.array(z.string()).describe("CIDR blocks; empty = from anywhere."),
  capPerDay: count.nullable(),
  capPerMinute: count.nullable(),
  integrationId: uuid.nullable(),
  createdAt: instant,
  expiresAt: instant.nullable(),
  pausedAt: instant.nullable(),
  isPausedByProvider: z.boolean().describe("This pause is an action: it ends as the standing says, not by unpausing."),
  revokedAt: instant.nullable(),
  revokedReason: z.string().nullable(),
  lastUsedAt: instant.nullable(),
  version: z.number().int().describe("Increases with each change; used as the ETag."),
});

export const newSecretShape = z.object({
  id: uuid,
  name: z.string(),
  preview: z.string(),
  secret: z.string().describe("Shown once. Not valid after a dry run."),
});

export const changedTokenShape = z.object({ id: uuid, name: z.string(), version: z.number().int() });

export const refusalShape = z.object({
  receipt: z.string(),
  at: instant,
  tokenId: uuid.nullable(),
  tokenName: z.string().nullable(),
  endpointName: z.string().nullable(),
  surface: z.string(),
  code: z.string(),
  method: z.string().nullable(),
  path: z.string().nullable(),
  ip: z.string().nullable(),
  retryAfterSeconds: z.number().int().nullable(),
  missingScope: z.string().nullable(),
});

export const auditShape = z.object({
  id: z.number().int(),
  at: instant,
  accountId: uuid.nullable(),
  actorKind: z.string(),
  actorName: z.string(),
  ip: z.string().nullable(),
  action: z.string(),
  subjectKind: z.string(),
  subjectId: z.string(),
  subjectName: z.string().nullable(),
  data: z.record(z.string(), z.unknown()),
  requestId: z.string(),
});

export const flagShape = z.object({
  id: uuid,
  detector: z.string(),
  state: z.string(),
  severity: z.number(),
  summary: z.string(),
  lastSeenAt: instant,
  dismissReason: z.enum(dismissReasons).nullish(),
});

export const endpointShape = z.object({
  id: count,
  name: z.string(),
  surface: z.string(),
  method: z.string(),
  path: z.string(),
  scope: z.string().nullable(),
  rateLimit: count.nullable(),
  windowSeconds: count,
  cost: count,
});

export const endpointExample = {
  id: 1,
  name: "email.send",
  surface: "http",
  method: "POST",
  path: "/v1/email",
  scope: "email:send",
  rateLimit: 120,
  windowSeconds: 60,
  cost: 1,
};

export const exampleIds = {
  token: "0b6f4f5e-6d1c-4c53-9d0a-3c0f3a7b9e11",
  account: "6a1d0f9c-2b7e-4a5d-8f3b-9c2e1d0f4a77",
  case: "c2a7e3d1-94b8-4f60-8a1e-5d7f2b9c0e33",
  action: "e9d4b1a6-0c5f-4e82-b7d3-1a6c8f2e5b44",
  flag: "f1b8c6e2-7d3a-4b95-9e0c-2c4d6a8b0f55",
  user: "a4c2e0d8-5b6f-4d71-8c9e-7f1b3d5a9c66",
};

export const accountShape = z.object({
  id: uuid,
  externalId: z.string().nullable().describe("The provider's own id of the account."),
  name: z.string(),
  slug: z.string(),
  planName: z.string(),
  quotaPerDay: count.nullable(),
  standing: z.enum(standings),
  createdAt: instant,
  closedAt: instant.nullable().describe("Set = closed: its tokens are refused."),
  erasedAt: instant.nullable().describe("Set = its personal data is erased."),
});

export const accountExample = {
  id: exampleIds.account,
  externalId: "cus_4711",
  name: "Northwind Mail",
  slug: "northwind-mail",
  planName: "Starter",
  quotaPerDay: 100_000,
  standing: "good",
  createdAt: "2025-08-22T09:00:00.000Z",
  closedAt: null,
  erasedAt: null,
};
