import "server-only";
import { revalidatePath } from "next/cache";
import { headers } from "next/headers";
import { redirect } from "next/navigation";
import type { z } from "zod";
import type { Ctx } from "#core/frame/context.ts";
import type { UseCase } from "#core/frame/define.ts";
import { AppError } from "#core/frame/errors.ts";
import { memberCtxOrNull, staffCtxOrNull, userCtxOrNull, visitorCtx } from "./context.ts";
import { type Failure, failureOf } from "./failure.ts";
import { formToInput } from "./form.ts";
import { isOwnOrigin } from "./origin.ts";

/** What a form gets back. It travels through the browser and comes back with the next post: never put a secret into a form's state. */
export type ActionResult<Shown = null> = { status: "ok"; shown: Shown } | Failure;

type Options<Result, Shown> = {
  /** As whom the person acts. A member acts in the account whose slug the form names in `account`, if it is theirs. */
  as: "visitor" | "user" | "member" | "staff";
  /** Paths to render anew; the pattern of a dynamic page, like `/a/[account]/tokens`. */
  revalidate?: string[];
  /** What of the result the browser may see; nothing unless named. */
  show?: (result: Result) => Shown;
  /** Side effects of the web alone, like a cookie. */
  after?: (result: Result) => Promise<void>;
  redirectTo?: (result: Result) => string | null;
};

export type Action<Shown> = {
  (form: FormData): Promise<ActionResult<Shown>>;
  (previous: ActionResult<Shown> | null, form: FormData): Promise<ActionResult<Shown>>;
};

/** A server action over a command: checks Origin, makes the actor, hands the form over as it is, and tells what came of it. */
export function action<Input extends z.ZodType, Result, Shown = null>(
  useCase: UseCase<Input, Result>,
  options: Options<Result, Shown>,
): Action<Shown> {
  return async (first: FormData | ActionResult<Shown> | null, second?: FormData): Promise<ActionResult<Shown>> => {
    const form = second ?? first;
    const given = await headers();
    const requestId = given.get("x-request-id") ?? crypto.randomUUID();
    let result: Result;
    try {
      if (!isOwnOrigin(given)) throw new AppError("forbidden", "This form was not sent from a Gatehouse page.");
      if (!(form instanceof FormData)) throw new AppError("invalid", "This is not a form.");
      const ctx = await actingCtx(options.as, form);
      result = await useCase.fromUnknown(ctx, formToInput(form));
      await options.after?.(result);
    } catch (error) {
      return failureOf(error, requestId);
    }
    for (const path of options.revalidate ?? []) revalidatePath(path, path.includes("[") ? "page" : undefined);
    const target = options.redirectTo?.(result);
    if (target) redirect(target);
    return { status: "ok", shown: (options.show ? options.show(result) : null) as Shown };
  };
}

/**
 * The same for a form that keeps no state, like a button to sign out; it works before any script has loaded. A failure goes to
 * the page's error boundary, in the words meant for people.
 */
export function plainAction<Input extends z.ZodType, Result>(
  useCase: UseCase<Input, Result>,
  options: Options<Result, null>,
): (form: FormData) => Promise<void> {
  const act = action(useCase, options);
  return async (form) => {
    const result = await act(form);
    if (result.status === "error") throw new Error(result.message);
  };
}

async function actingCtx(as: Options<unknown, unknown>["as"], form: FormData): Promise<Ctx> {
  if (as === "visitor") return visitorCtx();
  const slug = form.get("account");
  const ctx = {
    user: () => userCtxOrNull(),
    staff: () => staffCtxOrNull(),
    member: () => memberCtxOrNull(typeof slug === "string" ? slug : ""),
  }[as]();
  const found = await ctx;
  if (found) return found;
  if (await userCtxOrNull()) throw new AppError("not_found", "There is no such account, or you cannot see it.");
  throw new AppError("unauthenticated", "Your session has ended. Sign in again; your input stays in the form.");
}
