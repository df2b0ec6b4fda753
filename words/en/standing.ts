import type { ActionType, Standing, Surface } from "../../core/rules/vocabulary.ts";
import { percent } from "./numbers.ts";
import { surfaces } from "./routes.ts";

/** What the active actions of an account add up to. */
export const standings: Record<Standing, string> = {
  good: "Good standing",
  noticed: "Noticed",
  throttled: "Throttled",
  suspended: "Suspended",
  terminated: "Terminated",
};

type Action = { type: ActionType; surface: Surface | null; tokenName: string | null; factor: number | null };

/** An action in one sentence, without its end and its full stop: "Your account is suspended". */
export function inForce({ type, surface, tokenName, factor }: Action): string {
  switch (type) {
    case "termination":
      return "The provider terminated your account";
    case "suspension":
      return surface ? `${surfaces[surface]} access is suspended` : "Your account is suspended";
    case "throttle": {
      const whose = tokenName ? `of the token “${tokenName}”` : "of your account";
      return `The rate limits ${whose} are lowered${factor === null ? "" : ` to ${percent(factor)}`}`;
    }
    case "token_pause":
      return `The provider paused the token “${tokenName ?? ""}”`;
    case "notice":
      return "The provider sent you a notice";
  }
}

/** What keeps working while the action is in force. */
export function stillWorks({ type, surface, tokenName }: Action): string {
  switch (type) {
    case "termination":
      return "You can still sign in and read usage, refusals and this page. Every call is refused with account_terminated.";
    case "suspension":
      return surface
        ? `Other surfaces work as before. Calls over ${surfaces[surface]} are refused with surface_suspended.`
        : "You can still sign in, read usage and refusals, and pause or revoke tokens. Every call is refused with account_suspended. Your tokens are unchanged.";
    case "throttle":
      return "Everything works, at lower rate limits. The daily quota is unchanged.";
    case "token_pause":
      return `All other tokens work as before. Calls with “${tokenName ?? "this token"}” are refused with token_paused.`;
    case "notice":
      return "Everything works as before. Nothing is restricted.";
  }
}
