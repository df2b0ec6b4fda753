import type { ActionType, Surface } from "../vocabulary.ts";

export type ActionTarget = {
  surface: Surface | null;
  tokenName: string | null;
  endpointName: string | null;
};

const typeWords: Record<ActionType, string> = {
  notice: "notice",
  throttle: "throttle",
  token_pause: "token pause",
  suspension: "suspension",
  termination: "termination",
};

const surfaceNames: Record<Surface, string> = { http: "HTTP", smtp: "SMTP", inbound: "inbound" };

export function typeWord(type: ActionType): string {
  return typeWords[type];
}

/** What an action reaches: "the whole account", "the SMTP surface", "the token “billing-cron”". */
export function targetWords({ surface, tokenName, endpointName }: ActionTarget): string {
  if (tokenName !== null) return `the token “${tokenName}”${endpointName === null ? "" : ` on ${endpointName}`}`;
  if (endpointName !== null) return `the endpoint ${endpointName}`;
  if (surface !== null) return `the ${surfaceNames[surface]} surface`;
  return "the whole account";
}

/** What a caller gets at the gate while it is in force. */
export function effectWords(type: ActionType, surface: Surface | null, factor: number | null): string {
  switch (type) {
    case "notice":
      return "Nothing changes at the gate.";
    case "throttle":
      return `Rate limits are multiplied by ${factor ?? 1}; what goes beyond is refused with 429 and Retry-After.`;
    case "token_pause":
      return "Every call with this token is refused with 403 token_paused. Its owner cannot unpause it.";
    case "suspension":
      return `Every call${surface ? ` over ${surface}` : ""} is refused with 403 ${surface ? "surface_suspended" : "account_suspended"}.`;
    case "termination":
      return "Every call is refused with 403 account_terminated. The tokens are destroyed after 30 days.";
  }
}
