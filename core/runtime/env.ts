import { z } from "zod";
import type { SessionLife } from "../rules/people/session-life.ts";
import { dayMs, hourMs, minuteMs } from "../rules/time.ts";
import { deskSettings } from "./desk-settings.ts";
import { networks } from "./network-setting.ts";
import { reportMailSettings } from "./report-mail-settings.ts";
import { wayInSettings } from "./way-in-settings.ts";

const port = z.coerce.number().int().min(1).max(65535);
const flag = z
  .enum(["0", "1"])
  .default("0")
  .transform((value) => value === "1");

const days = (least: number) => z.coerce.number().int().min(least).max(3650);

const schema = z.object({
  NODE_ENV: z.enum(["development", "production", "test"]).default("production"),
  DATABASE_URL: z
    .string({ error: "is required, for example postgres://user:password@127.0.0.1:5432/gatehouse" })
    .regex(/^postgres(ql)?:\/\//, "must start with postgres:// or postgresql://")
    .describe("Postgres 15 or newer. `npm start` runs an embedded Postgres when it is not set."),
  DATABASE_MIGRATION_URL: z
    .string()
    .regex(/^postgres(ql)?:\/\//, "must start with postgres:// or postgresql://")
    .optional()
    .describe(
      "The same database as the owner of its tables, for migrations only. They then give the role of `DATABASE_URL` what the product needs, and no more.",
    ),
  DATA_DIR: z
    .string()
    .min(1)
    .default(".data")
    .describe("Folder for the embedded Postgres, the gate's journal and generated secrets."),
  PUBLIC_URL: z
    .url({ error: "must be an absolute URL, for example https://access.example.com" })
    .default("http://localhost:3000")
    .describe(
      "Address people use. With https, cookies are secure and HSTS is sent. The gate links refused clients to it: required where `GATE_HOST` is not loopback.",
    ),
  WEB_HOST: z.string().min(1).default("127.0.0.1").describe("Address the web app listens on."),
  WEB_PORT: port.default(3000).describe("Port the web app listens on."),
  WEB_TRUSTED_PROXIES: networks.describe(
    "CIDR blocks of the proxies in front of the web app, separated by commas. `X-Forwarded-For` counts from them only; without any, only the connection's address counts.",
  ),
  GATE_HOST: z.string().min(1).default("127.0.0.1").describe("Address the gate listens on."),
  GATE_PORT: port.default(3001).describe("Port the gate listens on."),
  GATE_URL: z
    .url()
    .default("http://127.0.0.1:3001")
    .describe("Address of the gate, for commands and for examples on screen."),
  GATE_ID: z
    .string()
    .regex(/^[a-z0-9-]{1,40}$/, "may hold a-z, 0-9 and -, at most 40 characters")
    .default("gate-1")
    .describe("Name of this gate and its journal: a-z, 0-9 and -, unique per gate."),
  GATE_MAX_STALE_S: z.coerce
    .number()
    .min(1)
    .max(3600)
    .default(30)
    .describe(
      "Seconds the gate decides from memory while the database is away, 1 to 3600. `GATE_FAIL` decides after that.",
    ),
  GATE_FAIL: z
    .enum(["closed", "open"])
    .default("closed")
    .describe("What the gate does when it cannot decide or its disk is full: refuse (`closed`) or allow (`open`)."),
  GATE_FSYNC: flag.describe("`1` waits for the disk before each answer, so a power cut loses nothing."),
  GATE_POLICY_PORT: port
    .optional()
    .describe("Port for Postfix policy requests ([Postfix and Dovecot](gateways/postfix-dovecot.md))."),
  GATE_TRUSTED_PROXIES: networks.describe("CIDR blocks whose `X-Forwarded-For` the gate trusts, separated by commas."),
  GATE_KEY: z
    .string()
    .startsWith("gthg_", { error: "must be a gateway credential, gthg_…" })
    .optional()
    .describe("Gateway credential that `replay` and `traffic` present to the gate, once one exists."),
  REDIS_URL: z
    .string()
    .refine((text) => text.split(",").every((one) => /^rediss?:\/\/\S+$/.test(one.trim())), {
      error: "must start with redis:// or rediss://; nodes of a cluster are separated by commas",
    })
    .optional()
    .describe(
      "Redis or Valkey that several gates count in, for example `redis://127.0.0.1:6379`; separate the nodes of a cluster with commas. Without it a single gate counts in memory.",
    ),
  WORKER_PORT: port.default(3002).describe("Port for the worker's health and metrics, on loopback."),
  TOKEN_MAX_DAYS: days(0).default(0).describe("Longest life of a new token in days; `0` = no maximum."),
  AUTH_SECRET: z
    .string()
    .min(32, "must be at least 32 characters; generate one with: openssl rand -base64 32")
    .optional()
    .describe(
      "At least 32 characters. Encrypts session cookies, webhook secrets and authenticator secrets. `npm start` generates one in `DATA_DIR`; web and worker need the same.",
    ),
  SMTP_URL: z
    .string()
    .regex(/^smtps?:\/\//, "must start with smtp:// or smtps://")
    .optional()
    .describe(
      "Mail server, for example `smtps://user:password@mail.example.com:465`. Without it, messages are kept and shown on screen, and invitations are links to hand over. Web, worker and command line need the same.",
    ),
  MAIL_FROM: z.string().min(3).default("Gatehouse <gatehouse@localhost>").describe("Sender of mail."),
  WEBHOOK_ALLOWED_NETWORKS: z
    .string()
    .default("")
    .describe(
      "CIDR blocks of private networks that webhooks may reach, over http too: the provider's own, and those of accounts that staff allow to.",
    ),
  ...deskSettings,
  LEAK_RESPONSE: z
    .enum(["revoked", "paused"])
    .default("revoked")
    .describe("What happens to a live token found in public: `revoked` or `paused`."),
  SECRET_SCANNING_KEYS_URL: z
    .url()
    .default("https://api.github.com/meta/public_keys/secret_scanning")
    .describe("Public keys that verify secret-scanning calls."),
  SSO_ALLOWED_NETWORKS: networks.describe(
    "CIDR blocks of private networks in which an issuer for single sign-on may be, over http too. Others must be public and https.",
  ),
  STAFF_SECOND_STEP: z
    .enum(["required", "passkey", "offered"])
    .default("required")
    .describe(
      "`required`: staff without an authenticator app or a passkey reach only the page where they set one up, and their keys do not work. `passkey`: it must be a passkey, used at each sign-in, unless an issuer has checked a second step. `offered`: they may go without.",
    ),
  STAFF_SESSION_IDLE_MINUTES: z.coerce
    .number()
    .int()
    .min(5)
    .max(1_440)
    .default(60)
    .describe("Minutes without use after which staff are signed out."),
  STAFF_SESSION_HOURS: z.coerce
    .number()
    .int()
    .min(1)
    .max(168)
    .default(12)
    .describe("Hours after which staff sign in again, however active they are."),
  STAFF_KEY_MAX_DAYS: days(1).default(366).describe("Longest life of a staff key in days."),
  ACCOUNT_ERASE_AFTER_DAYS: days(0)
    .default(30)
    .describe("Days after which a closed account can be erased without saying that it is to be immediate."),
  MEMBER_SESSION_IDLE_DAYS: z.coerce
    .number()
    .int()
    .min(1)
    .max(14)
    .default(14)
    .describe("Days without use after which members are signed out, 1 to 14."),
  MEMBER_SESSION_DAYS: z.coerce
    .number()
    .int()
    .min(1)
    .max(365)
    .default(30)
    .describe("Days after which members sign in again, however active they are."),
  ...wayInSettings,
  ...reportMailSettings,
  SHOW_STAFF_VIEWS: flag.describe(
    "`1` shows owners in their audit log when staff looked at their data, without names.",
  ),
  LOG_LEVEL: z
    .enum(["trace", "debug", "info", "warn", "error", "fatal", "silent"])
    .default("info")
    .describe("`trace` to `fatal`, or `silent`."),
});

/** Every variable, for the table in docs/configuration.md. */
export const environmentSchema = schema;

export type Env = z.infer<typeof schema>;

/**
 * Reads the configuration from an environment map; empty strings count as unset.
 * Throws one sentence that names the first wrong variable, so that a start fails with something to act on.
 */
export function parseEnv(source: Record<string, string | undefined>): Env {
  const given = Object.fromEntries(Object.entries(source).filter(([, value]) => value !== undefined && value !== ""));
  const parsed = schema.safeParse(given);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  const name = issue?.path.join(".") ?? "environment";
  throw new Error(`Configuration: ${name} ${issue?.message ?? "is not valid"}.`);
}

let cached: Env | undefined;

/** The configuration of this process, parsed at first use. The only reader of process.env. */
export function env(): Env {
  cached ??= parseEnv(process.env);
  return cached;
}

/** One variable, read when asked, for code that runs without a complete configuration. */
export function setting<Name extends keyof Env>(name: Name): Env[Name] {
  return schema.shape[name].parse(process.env[name] || undefined) as Env[Name];
}

/** Whether a variable was given, for those whose default is right on one machine only. */
export function isSet(name: keyof Env): boolean {
  return Boolean(process.env[name]);
}

/** The level alone, for code that logs before or without a complete configuration. */
export function logLevel(): Env["LOG_LEVEL"] {
  return schema.shape.LOG_LEVEL.catch("info").parse(process.env.LOG_LEVEL || undefined);
}

/** The provider's maximum life of a token in days; null = none. */
export function tokenMaxDays(): number | null {
  const days = schema.shape.TOKEN_MAX_DAYS.parse(process.env.TOKEN_MAX_DAYS || undefined);
  return days === 0 ? null : days;
}

/** Networks beside public addresses that Gatehouse itself may call, as CIDR blocks. */
export function outboundNetworks(): string[] {
  const text = schema.shape.WEBHOOK_ALLOWED_NETWORKS.parse(process.env.WEBHOOK_ALLOWED_NETWORKS || undefined);
  return text
    .split(",")
    .map((one) => one.trim())
    .filter((one) => one !== "");
}

/** Networks beside public addresses in which an issuer may be, as the setting writes them. */
export function issuerNetworks(): string {
  return schema.shape.SSO_ALLOWED_NETWORKS.parse(process.env.SSO_ALLOWED_NETWORKS || undefined);
}

/** Whether owners are shown when staff looked at their data. */
export function showsStaffViews(): boolean {
  return schema.shape.SHOW_STAFF_VIEWS.parse(process.env.SHOW_STAFF_VIEWS || undefined);
}

/** What sealed secrets and session cookies hang on. Throws where it is not set, which the supervisor never leaves open. */
export function authSecret(): string {
  const secret = schema.shape.AUTH_SECRET.parse(process.env.AUTH_SECRET || undefined);
  if (secret === undefined)
    throw new Error("Configuration: AUTH_SECRET is required; generate one with: openssl rand -base64 32");
  return secret;
}

/** Where people reach the web app, for links in mail; without a slash at its end. */
export function publicUrl(): string {
  return schema.shape.PUBLIC_URL.parse(process.env.PUBLIC_URL || undefined).replace(/\/+$/, "");
}

/** Whether links can be mailed; without a mail server people hand them over. */
export function hasMailServer(): boolean {
  return Boolean(process.env.SMTP_URL);
}

/** Whether staff without a second step reach only its set-up page, and whether it must be a passkey. */
export function staffSecondStep(): Env["STAFF_SECOND_STEP"] {
  return schema.shape.STAFF_SECOND_STEP.parse(process.env.STAFF_SECOND_STEP || undefined);
}

/** How long a closed account waits before it can be erased, in ms. */
export function eraseAfterMs(): number {
  return schema.shape.ACCOUNT_ERASE_AFTER_DAYS.parse(process.env.ACCOUNT_ERASE_AFTER_DAYS || undefined) * dayMs;
}

/** How long sessions last, in ms: of staff, and of everybody else. */
export function sessionLives(): Record<"staff" | "member", SessionLife> {
  const read = (name: keyof typeof schema.shape & `${string}SESSION${string}`) =>
    schema.shape[name].parse(process.env[name] || undefined);
  return {
    staff: {
      idleMs: read("STAFF_SESSION_IDLE_MINUTES") * minuteMs,
      longestMs: read("STAFF_SESSION_HOURS") * hourMs,
    },
    member: { idleMs: read("MEMBER_SESSION_IDLE_DAYS") * dayMs, longestMs: read("MEMBER_SESSION_DAYS") * dayMs },
  };
}

/** Longest life of a staff key, in ms. */
export function staffKeyMaxMs(): number {
  return schema.shape.STAFF_KEY_MAX_DAYS.parse(process.env.STAFF_KEY_MAX_DAYS || undefined) * dayMs;
}

/** Sender of mail, which names the provider. */
export function mailFrom(): string {
  return schema.shape.MAIL_FROM.parse(process.env.MAIL_FROM || undefined);
}

/** How many flags of one detector may join cases. */
export function flagCaps(): { perHour: number; perDay: number } {
  const read = (name: "DETECTOR_FLAGS_PER_HOUR" | "DETECTOR_FLAGS_PER_DAY") =>
    schema.shape[name].parse(process.env[name] || undefined);
  return { perHour: read("DETECTOR_FLAGS_PER_HOUR"), perDay: read("DETECTOR_FLAGS_PER_DAY") };
}

/** What happens to a live token that is found in public. */
export function leakResponse(): Env["LEAK_RESPONSE"] {
  return schema.shape.LEAK_RESPONSE.parse(process.env.LEAK_RESPONSE || undefined);
}
