import { type ActionType, surfaces } from "#core/rules/vocabulary.ts";

/** How each measure is offered: its word, what it does in a sentence, and the verb of the button. */
export const measures: Record<ActionType, { label: string; lead: string; verb: string; danger: boolean }> = {
  notice: {
    label: "Notice",
    lead: "A message the owner must acknowledge. Nothing changes at the gate.",
    verb: "Give notice to",
    danger: false,
  },
  throttle: {
    label: "Throttle",
    lead: "Rate limits are lowered from the next request on. What goes beyond gets 429 and Retry-After.",
    verb: "Throttle",
    danger: true,
  },
  token_pause: {
    label: "Pause token",
    lead: "One token is refused with token_paused from the next request on. The others work as before.",
    verb: "Pause a token of",
    danger: true,
  },
  suspension: {
    label: "Suspend",
    lead: "From the next request on, at every gate. It touches no token, so lifting it restores everything.",
    verb: "Suspend",
    danger: true,
  },
  termination: {
    label: "Terminate",
    lead: "Every call is refused from the next request on. After 30 days the tokens are destroyed and it is final.",
    verb: "Terminate",
    danger: true,
  },
};

/** To what share of its limits a throttled account is lowered. */
export const throttleFactors = [
  { value: "0.5", label: "50 %" },
  { value: "0.2", label: "20 %" },
  { value: "0.1", label: "10 %" },
];

const surfaceWords = { http: "HTTP only", smtp: "SMTP only", inbound: "Inbound only" };

/** One surface of an account, by its name. */
export const surfaceOptions = surfaces.map((value) => ({ value, label: surfaceWords[value] }));

export type ScopeOption = { value: string; label: string };

type Named = { id: string | number; name: string };

/** What a measure can be narrowed to, the narrowest last. */
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
