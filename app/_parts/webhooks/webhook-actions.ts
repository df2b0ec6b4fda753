import type { Action } from "#app/_lib/action.ts";

type WithSecret = Action<{ secret: string }>;

/** The acts of one side, an account's or the provider's; the pages hand them down. */
export type WebhookActions = {
  create: WithSecret;
  edit: Action;
  enable: Action;
  disable: Action;
  remove: Action;
  rotate: WithSecret;
  test: Action;
  resend: Action;
};

/** Whose they are, for the forms: an account's slug, or nothing for the provider. */
export type WebhookSide = { account?: string };

export type EndpointRow = {
  id: string;
  url: string;
  description: string;
  events: string[];
  disabledAt: Date | null;
  disabledReason: string | null;
  version: number;
  delivered: number;
  waiting: number;
  failed: number;
};
