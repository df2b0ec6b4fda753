import type { Trade } from "./companies.ts";
import type { Rhythm } from "./rhythm.ts";

/** A token as an account's developers would make it: what for, with which scopes, and how it is used. */
export type TokenKind = {
  name: string;
  scopes: string[];
  userAgent: string;
  uses: { endpoint: string; share: number; rhythm: keyof typeof rhythms; burstiness?: number }[];
};

type Shape = Omit<Rhythm, "peakPerHour" | "growth">;

/** Working hours lie in Europe and America; nightly jobs before Europe wakes. */
export const rhythms = {
  office: { peakHour: 13, widthHours: 3, floor: 0, weekend: 0.15 },
  waking: { peakHour: 14, widthHours: 4.5, floor: 0, weekend: 0.6 },
  people: { peakHour: 17, widthHours: 5, floor: 0.35, weekend: 0.85 },
  nightly: { peakHour: 2.5, widthHours: 0.7, floor: 0, weekend: 1 },
  morning: { peakHour: 8, widthHours: 1.2, floor: 0, weekend: 0.1 },
  steady: { peakHour: 12, widthHours: 6, floor: 0.85, weekend: 1 },
} satisfies Record<string, Shape>;

const kinds = {
  transactional: {
    name: "api-prod",
    scopes: ["email:send", "email:read"],
    userAgent: "courier-node/4.2.1 (node 20.17)",
    uses: [{ endpoint: "email.send", share: 1, rhythm: "people" }],
  },
  orders: {
    name: "order-mails",
    scopes: ["email:send", "suppressions:read"],
    userAgent: "courier-php/3.8.0",
    uses: [
      { endpoint: "email.send", share: 1, rhythm: "people" },
      { endpoint: "suppressions.list", share: 0.08, rhythm: "morning" },
    ],
  },
  billing: {
    name: "billing-cron",
    scopes: ["email:send"],
    userAgent: "python-httpx/0.27.2",
    uses: [{ endpoint: "email.send", share: 0.9, rhythm: "nightly" }],
  },
  newsletter: {
    name: "newsletter",
    scopes: ["email:send", "email:read", "recipients:read"],
    userAgent: "courier-ruby/2.6.0",
    uses: [
      { endpoint: "email.bulk", share: 0.2, rhythm: "morning", burstiness: 0.02 },
      { endpoint: "email.bulk-status", share: 0.5, rhythm: "morning" },
    ],
  },
  dashboard: {
    name: "dashboard",
    scopes: ["activity:read", "analytics:read", "domains:read"],
    userAgent: "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0.0.0 Safari/537.36",
    uses: [
      { endpoint: "analytics.read", share: 0.4, rhythm: "office" },
      { endpoint: "activity.list", share: 0.1, rhythm: "office", burstiness: 0.01 },
      { endpoint: "domains.list", share: 0.05, rhythm: "morning" },
    ],
  },
  relay: {
    name: "smtp-relay",
    scopes: ["email:send"],
    userAgent: "Postfix 3.8.6",
    uses: [{ endpoint: "smtp.send", share: 0.6, rhythm: "office" }],
  },
  inbound: {
    name: "inbound-replies",
    scopes: ["inbound:receive"],
    userAgent: "courier-inbound/1.4",
    uses: [{ endpoint: "inbound.receive", share: 0.3, rhythm: "people" }],
  },
  sync: {
    name: "suppression-sync",
    scopes: ["suppressions:read", "suppressions:write"],
    userAgent: "Go-http-client/2.0",
    uses: [
      { endpoint: "suppressions.list", share: 0.12, rhythm: "waking" },
      { endpoint: "suppressions.add", share: 0.03, rhythm: "morning" },
    ],
  },
  monitor: {
    name: "uptime-check",
    scopes: [],
    userAgent: "curl/8.5.0",
    uses: [{ endpoint: "quota.read", share: 0.06, rhythm: "steady" }],
  },
  staging: {
    name: "staging",
    scopes: ["email:send", "templates:read", "domains:read"],
    userAgent: "courier-node/4.3.0-beta.1 (node 22.9)",
    uses: [
      { endpoint: "email.send", share: 0.03, rhythm: "office" },
      { endpoint: "templates.list", share: 0.02, rhythm: "morning" },
    ],
  },
  plugin: {
    name: "website-forms",
    scopes: ["email:send"],
    userAgent: "WordPress/6.6.2; courier-wp/1.9",
    uses: [{ endpoint: "email.send", share: 1, rhythm: "people" }],
  },
} satisfies Record<string, TokenKind>;

export const kindsByTrade: Record<Trade, readonly TokenKind[]> = {
  shop: [kinds.orders, kinds.relay, kinds.sync, kinds.dashboard, kinds.staging, kinds.inbound],
  newsletter: [kinds.newsletter, kinds.transactional, kinds.dashboard, kinds.relay, kinds.sync, kinds.staging],
  software: [kinds.transactional, kinds.billing, kinds.dashboard, kinds.inbound, kinds.staging, kinds.monitor],
  app: [kinds.transactional, kinds.relay, kinds.sync, kinds.dashboard, kinds.monitor, kinds.staging],
  small: [kinds.plugin, kinds.staging],
};

/** Northwind Mail has every kind of token once; its billing job runs all day. */
export const northwindKinds: readonly TokenKind[] = [
  kinds.transactional,
  {
    ...kinds.billing,
    scopes: ["email:send", "email:read"],
    uses: [{ endpoint: "email.send", share: 1, rhythm: "steady" }],
  },
  {
    ...kinds.monitor,
    name: "ci-deploy",
    scopes: ["email:send", "domains:read", "domains:write"],
    uses: [{ endpoint: "domains.list", share: 0.1, rhythm: "office" }],
  },
  { ...kinds.dashboard, name: "reports" },
  kinds.relay,
  kinds.newsletter,
  { ...kinds.staging, name: "zapier-test", userAgent: "Zapier" },
];
