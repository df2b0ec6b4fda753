import { AppError } from "../../frame/errors.ts";
import { ApiError } from "../problem.ts";

/** A refusal in the recorded form: prose, the code glued to its end, and texts per field. */
export type DialectRefusal = { status: number; body: { message: string; errors?: Record<string, string[]> } };

/** Codes of the recorded contract that have a meaning here. */
const messages = {
  unauthenticated: { status: 401, message: "Unauthenticated." },
  notFound: { status: 404, message: "Resource not found." },
  noPermission: { status: 403, message: "This token does not have the permission for this action. #MS40301" },
  suspended: { status: 403, message: "Your account is suspended. #MS40304" },
  wrongAddress: { status: 403, message: "This address is not on the allow-list of the token. #MS40305" },
  away: { status: 503, message: "Not available right now. Please try again." },
  internal: { status: 500, message: "Server Error" },
} as const;

/** That contract knows one word for all of them. */
const stopped: ReadonlySet<string> = new Set(["account_suspended", "account_terminated", "account_closed"]);

/** A paused token is answered like an unknown one, as far as that contract is known. */
export function dialectRefusal(error: unknown, isBeforeActor: boolean): DialectRefusal {
  if (error instanceof ApiError) {
    if (stopped.has(error.code)) return of("suspended");
    if (error.code === "throttled") return limited();
    return { status: 422, body: { message: error.message } };
  }
  if (!(error instanceof AppError)) return of("internal");
  switch (error.code) {
    case "unauthenticated":
      return of("unauthenticated");
    case "forbidden":
      if (!isBeforeActor) return of("noPermission");
      return error.message.includes("address") ? of("wrongAddress") : of("unauthenticated");
    case "not_found":
      return of("notFound");
    case "unavailable":
      return of("away");
    case "throttled":
      return limited();
    default: {
      const fields = Object.entries(error.fields);
      const errors = Object.fromEntries(fields.map(([field, text]) => [field, [text]]));
      return { status: 422, body: { message: error.message, ...(fields.length > 0 ? { errors } : {}) } };
    }
  }
}

const of = (key: keyof typeof messages): DialectRefusal => ({
  status: messages[key].status,
  body: { message: messages[key].message },
});

function limited(): DialectRefusal {
  const message = "Your account reached its rate limit. Please wait before trying again. #MS42903";
  return { status: 429, body: { message } };
}
