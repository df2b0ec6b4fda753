/**
 * The sample provider: an e-mail API with the numbers of a real provider's published contract
 * (quota per plan and day, rate limits per endpoint and minute). A new installation starts with it.
 */
export const sampleScopes = [
  { area: "E-mail", name: "email:send", description: "Send single and bulk e-mail" },
  { area: "E-mail", name: "email:read", description: "Read the status of sent e-mail" },
  { area: "Activity", name: "activity:read", description: "Read delivery activity" },
  { area: "Activity", name: "analytics:read", description: "Read opens, clicks and other statistics" },
  { area: "Domains", name: "domains:read", description: "See sending domains" },
  { area: "Domains", name: "domains:write", description: "Add, change and remove sending domains" },
  { area: "Recipients", name: "recipients:read", description: "Read recipients" },
  { area: "Recipients", name: "suppressions:read", description: "Read suppression lists" },
  { area: "Recipients", name: "suppressions:write", description: "Change suppression lists" },
  { area: "Templates", name: "templates:read", description: "Read templates" },
  { area: "Inbound", name: "inbound:receive", description: "Receive inbound messages" },
  { area: "Inbound", name: "inbounds:write", description: "Change inbound routes" },
] as const;

type SampleEndpoint = {
  name: string;
  surface: "http" | "smtp" | "inbound";
  method: string;
  path: string;
  scope: string | null;
  rateLimit: number | null;
  cost?: number;
  recipientsPerCall?: number;
};

/** The whole API: what is not here is refused. A catch-all would let through, without a scope, whatever no other route matches. */
export const sampleEndpoints: readonly SampleEndpoint[] = [
  {
    ...{ name: "email.send", surface: "http", method: "POST", path: "/v1/email", scope: "email:send", rateLimit: 120 },
    recipientsPerCall: 1,
  },
  { name: "email.bulk", surface: "http", method: "POST", path: "/v1/bulk-email", scope: "email:send", rateLimit: 10 },
  {
    name: "email.bulk-status",
    surface: "http",
    method: "GET",
    path: "/v1/bulk-email/{id}",
    scope: "email:read",
    rateLimit: 60,
  },
  {
    name: "activity.list",
    surface: "http",
    method: "GET",
    path: "/v1/activity/{domain}",
    scope: "activity:read",
    rateLimit: 10,
  },
  {
    name: "analytics.read",
    surface: "http",
    method: "GET",
    path: "/v1/analytics/**",
    scope: "analytics:read",
    rateLimit: 60,
  },
  { name: "domains.list", surface: "http", method: "GET", path: "/v1/domains", scope: "domains:read", rateLimit: 60 },
  {
    name: "domains.read",
    surface: "http",
    method: "GET",
    path: "/v1/domains/{id}",
    scope: "domains:read",
    rateLimit: 60,
  },
  {
    name: "domains.create",
    surface: "http",
    method: "POST",
    path: "/v1/domains",
    scope: "domains:write",
    rateLimit: 60,
  },
  {
    name: "domains.delete",
    surface: "http",
    method: "DELETE",
    path: "/v1/domains/{id}",
    scope: "domains:write",
    rateLimit: 60,
  },
  {
    name: "recipients.list",
    surface: "http",
    method: "GET",
    path: "/v1/recipients",
    scope: "recipients:read",
    rateLimit: 60,
  },
  {
    name: "suppressions.list",
    surface: "http",
    method: "GET",
    path: "/v1/suppressions/{list}",
    scope: "suppressions:read",
    rateLimit: 60,
  },
  {
    name: "suppressions.add",
    surface: "http",
    method: "POST",
    path: "/v1/suppressions/{list}",
    scope: "suppressions:write",
    rateLimit: 60,
  },
  {
    name: "templates.list",
    surface: "http",
    method: "GET",
    path: "/v1/templates",
    scope: "templates:read",
    rateLimit: 60,
  },
  {
    name: "inbounds.write",
    surface: "http",
    method: "*",
    path: "/v1/inbound/**",
    scope: "inbounds:write",
    rateLimit: 60,
  },
  /** Reading one's own quota is free, or clients could not look before they call. */
  { name: "quota.read", surface: "http", method: "GET", path: "/v1/api-quota", scope: null, rateLimit: 60, cost: 0 },
  { name: "smtp.send", surface: "smtp", method: "*", path: "/", scope: "email:send", rateLimit: 120 },
  { name: "inbound.receive", surface: "inbound", method: "*", path: "/", scope: "inbound:receive", rateLimit: 60 },
];

export const samplePlans = [
  { name: "Trial", quotaPerDay: 100 },
  { name: "Hobby", quotaPerDay: 1_000 },
  { name: "Starter", quotaPerDay: 100_000 },
  { name: "Professional", quotaPerDay: 500_000 },
  { name: "Enterprise", quotaPerDay: 500_000 },
] as const;

export const samplePolicy = {
  slug: "api-use-policy",
  title: "API use policy",
  precedence: 2,
  clauses: [
    {
      number: "1",
      title: "Access",
      text: "The API is reached with a token of your account. Nobody needs your password to use an integration.",
    },
    {
      number: "2",
      title: "Privacy",
      text: "Follow the privacy laws that apply to you, and show your users a privacy policy that says what you collect and why.",
    },
    {
      number: "3",
      title: "Allowed use",
      text: "No spam, no attempt to break or change the service, nothing the terms of use forbid.",
    },
    {
      number: "4",
      title: "Limits and abuse",
      text: "Each endpoint has a rate limit and the whole API a daily quota. If your client exceeds them we tell you what it does wrong. If the abuse is too large we may suspend the account, for a time or for good, with or without notice; no refund is owed for restricted access.",
    },
    {
      number: "5",
      title: "Licence",
      text: "You may build, run and offer your integration. You may not resell the API as a product of its own.",
    },
    {
      number: "7",
      title: "Security",
      text: "Protect your tokens and your users' data. Report vulnerabilities and incidents to us at once.",
    },
    {
      number: "9",
      title: "Limiting and ending access",
      text: "We may monitor use for compliance, limit it, deny it, or end it at any time.",
    },
    {
      number: "11",
      title: "Changes",
      text: "A new version is in force when it is posted. Check it from time to time.",
    },
  ],
} as const;
