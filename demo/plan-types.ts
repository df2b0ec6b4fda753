import type { DecisionCode, MemberRole, StaffRole, Surface } from "#core/rules/vocabulary.ts";
import type { Rhythm } from "./rhythm.ts";

/** What the demo is to hold, before anything is written. Times are dates; keys name things within an account. */
export type DemoPlan = { since: Date; staff: DemoPerson<StaffRole>[]; accounts: DemoAccount[] };

export type DemoPerson<Role> = { name: string; email: string; role: Role };

export type DemoAccount = {
  name: string;
  plan: "Trial" | "Hobby" | "Starter" | "Professional" | "Enterprise";
  createdAt: Date;
  isProtected: boolean;
  members: (DemoPerson<MemberRole> & { joinedAt: Date })[];
  tokens: DemoToken[];
  /** An agreed rate limit per minute on sending, above the endpoint's own. */
  sendLimit: number | null;
};

export type DemoToken = {
  name: string;
  scopes: string[];
  createdAt: Date;
  expiresAt: Date | null;
  allowedNetworks: string[];
  pausedAt: Date | null;
  revokedAt: Date | null;
  revokedReason: string;
  /** Addresses and client program it is used from. */
  ips: string[];
  userAgent: string;
  uses: DemoUse[];
};

export type DemoUse = {
  endpoint: string;
  surface: Surface;
  rhythm: Rhythm;
  /** What the gate answers to it. */
  outcome: DecisionCode;
  /** Share of hours with a burst beyond the rate limit, 0 to 1. */
  burstiness: number;
  /** Requests per minute that pass; what is more is refused as rate_limited. Null where nothing passes or nothing limits. */
  limitPerMinute: number | null;
  /** Null = as long as there is history, and as long as the token can be used. */
  from: Date | null;
  until: Date | null;
};
