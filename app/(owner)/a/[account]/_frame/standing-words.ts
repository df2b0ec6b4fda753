import type { StandingView } from "#core/enforcement/get-standing.ts";

type Action = Pick<StandingView["actions"][number], "type" | "surface" | "tokenName" | "factor">;

const surfaceWords = { http: "HTTP access", smtp: "SMTP access", inbound: "Inbound access" };

/** What an action is, in one clause without an end: "Your account is suspended". */
export function actionWords({ type, surface, tokenName, factor }: Action): string {
  switch (type) {
    case "termination":
      return "Your account has been ended by the provider";
    case "suspension":
      return surface ? `${surfaceWords[surface]} is suspended` : "Your account is suspended";
    case "throttle": {
      const what = tokenName ? `the token “${tokenName}”` : "your account";
      return `The rate limits of ${what} are lowered${factor === null ? "" : ` to ${Math.round(factor * 100)} %`}`;
    }
    case "token_pause":
      return `The provider has paused the token “${tokenName ?? ""}”`;
    case "notice":
      return "The provider has given notice";
  }
}

/** What goes on working while the action is in force. */
export function whatStillWorks({ type, surface, tokenName }: Action): string {
  switch (type) {
    case "termination":
      return "You can sign in and read usage, refusals and this page. Every call is refused with account_terminated.";
    case "suspension":
      return surface
        ? `The other surfaces work as before. Calls over ${surface} are refused with surface_suspended.`
        : "You can sign in, read usage and refusals, and pause or revoke tokens. Every call is refused with account_suspended. No token was changed.";
    case "throttle":
      return "Everything works, with lower rate limits. The daily quota is the same.";
    case "token_pause":
      return `All other tokens work as before. Calls with “${tokenName ?? "this token"}” are refused with token_paused.`;
    case "notice":
      return "Everything works as before. Nothing is restricted.";
  }
}
