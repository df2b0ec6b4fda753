import { type ActionType, surfaces } from "#core/rules/vocabulary.ts";
import * as format from "#words/format.ts";
import * as words from "#words/words.ts";

/** To what share of its limits a throttled account is lowered. */
export const throttleFactors = [0.5, 0.2, 0.1].map((share) => ({
  value: String(share),
  label: format.percent(share),
}));

/** One surface of an account, by its name. */
export const surfaceOptions = surfaces.map((value) => ({ value, label: `${words.surfaces[value]} only` }));

export type ScopeOption = { value: string; label: string };

type Named = { id: string | number; name: string };

/** What an action can be narrowed to, the narrowest last. */
export function scopesOf(
  type: ActionType,
  tokens: readonly Named[],
  endpoints: readonly Named[],
): readonly ScopeOption[] {
  const whole = { value: "account", label: "Whole account" };
  const perToken = tokens.map(({ id, name }) => ({ value: `token:${id}`, label: `Token ${name}` }));
  switch (type) {
    case "notice":
      return [whole, ...perToken];
    case "throttle":
      return [
        whole,
        ...perToken,
        ...endpoints.map(({ id, name }) => ({ value: `endpoint:${id}`, label: `Endpoint ${name}` })),
      ];
    case "token_pause":
      return perToken;
    case "suspension":
      return [whole, ...surfaceOptions.map(({ value, label }) => ({ value: `surface:${value}`, label }))];
    case "termination":
      return [whole];
  }
}

/** The form fields that a choice of scope stands for. */
export function scopeFields(scope: string): [name: string, value: string][] {
  const [kind, value = ""] = scope.split(":");
  if (kind === "surface") return [["surface", value]];
  if (kind === "token") return [["tokenId", value]];
  if (kind === "endpoint") return [["endpointId", value]];
  return [];
}
