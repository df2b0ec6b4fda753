import type { Surface } from "#core/rules/vocabulary.ts";
import type { ExampleRoute } from "./verify-command.ts";

export type ScopeRow = { name: string; area: string; description: string };

/** What the form of a token can offer. */
export type TokenChoices = {
  scopes: readonly ScopeRow[];
  routes: readonly (ExampleRoute & { surface: Surface })[];
  integrations: readonly { id: string; name: string }[];
  /** The provider's longest life of a token in days; null = none. */
  maxDays: number | null;
  /** Address of whoever fills the form in; null = not known. */
  myAddress: string | null;
  nowMs: number;
};

/** What a token is made of, as the form starts with it. */
export type TokenValues = {
  name: string;
  scopes: readonly string[];
  expiresAt: Date | null;
  allowedNetworks: readonly string[];
  capPerDay: number | null;
  capPerMinute: number | null;
  integrationId: string | null;
};
