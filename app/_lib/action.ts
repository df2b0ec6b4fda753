import "server-only";
import { revalidatePath } from "next/cache";
import { headers } from "next/headers";
import { redirect } from "next/navigation";
import type { z } from "zod";
import type { Ctx } from "#core/frame/context.ts";
import type { UseCase } from "#core/frame/define.ts";
import { AppError } from "#core/frame/errors.ts";
import * as words from "#words/words.ts";
import { currentSession, memberCtxOrNull, staffCtxOrNull, userCtxOrNull, visitorCtx } from "./context.ts";
import { type Failure, failureOf } from "./failure.ts";
import { keepForThisAnswer } from "./for-this-answer.ts";
import { formToInput, type Typed, typedIn, worksOnlyWithScript } from "./form.ts";
import { isOwnOrigin } from "./origin.ts";

/** What a script gets back from a form it sent. It stays in the memory of its component. */
export type ActionResult<Shown = null> = { status: "ok"; shown: Shown } | Failure;

/**
 * What a form gets back that the browser itself posted. It is in hidden fields of the page and returns with the next post: no
 * secret ever.
 */
export type FormState<Shown = null> = ({ status: "ok"; shown: Shown | null } | Failure) & { typed: Typed };

type Options<Input extends z.ZodType, Result, Shown> = {
  /** As whom the person acts. A member acts in the account whose slug the form names in `account`, if it is theirs. */
  as: "visitor" | "user" | "member" | "staff";
  /** Paths to render anew; the pattern of a dynamic page, like `/a/[account]/tokens`. */
  revalidate?: string[];
  /**
   * What of the result the browser may see; nothing unless named. A script gets it; without one the page that answers this very
   * request can show it, and a form's state holds of it only what says no.
   */
  show?: (result: Result) => Shown;
  /** What the form means, where its fields are not those of the use case. */
  read?: (form: FormData, now: Date) => Record<string, unknown>;
  /** Fields that a page without script gives back when they were refused; nothing unless named, and never a secret. */
  echo?: readonly (`${keyof z.input<Input> & string}${"" | "[]"}` | `_${string}`)[];
  /** Side effects of the web alone, like a cookie. */
  after?: (result: Result) => Promise<void>;
  redirectTo?: (result: Result) => string | null;
  /** Where a browser without script is sent; with script the form itself goes on. */
  goOn?: (result: Result, form: FormData) => string | null;
};

export type Action<Shown = null> = {
  /** Called by React when the browser posted the form without script. */
  (previous: FormState<Shown> | null, form: FormData): Promise<FormState<Shown>>;
  /** Called by a script. */
  (form: FormData): Promise<ActionResult<Shown>>;
};

/**
 * A server action over a command: checks Origin, makes the actor, hands the form over as it is, and tells what came of it, to the
 * script that called it or to the page that is rendered in the same request.
 */
export function action<Input extends z.ZodType, Result, Shown = null>(
  useCase: UseCase<Input, Result>,
  options: Options<Input, Result, Shown>,
): Action<Shown> {
  const act = async (form: unknown, hasScript: boolean): Promise<ActionResult<Shown>> => {
    const given = await headers();
    const requestId = given.get("x-request-id") ?? crypto.randomUUID();
    let result: Result;
    try {
      if (!isOwnOrigin(given)) throw new AppError("forbidden", "This form was not sent from a Gatehouse page.");
      if (!(form instanceof FormData)) throw new AppError("invalid", "This is not a form.");
      if (!hasScript && worksOnlyWithScript(form)) throw new AppError("invalid", tooEarly);
      const ctx = await actingCtx(options.as, form);
      result = await useCase.fromUnknown(ctx, { ...formToInput(form), ...options.read?.(form, ctx.now) });
      await options.after?.(result);
    } catch (error) {
      return failureOf(error, requestId);
    }
    for (const path of options.revalidate ?? []) revalidatePath(path, path.includes("[") ? "page" : undefined);
    const target = options.redirectTo?.(result) ?? (hasScript ? null : options.goOn?.(result, form));
    if (target) redirect(target);
    const shown = (options.show ? options.show(result) : null) as Shown;
    if (!hasScript) keepForThisAnswer(requestId, shown);
    return { status: "ok", shown };
  };
  return async (first: unknown, second?: FormData) => {
    if (second === undefined) return act(first, true) as never;
    const answer = await act(second, false);
    if (!isRefused(answer)) return { status: "ok", shown: null, typed: {} } as never;
    return { ...answer, typed: typedIn(second, options.echo ?? []) } as never;
  };
}

const tooEarly = "This form was sent before its page had loaded. Nothing was changed; fill it in and try again.";

/** A refusal can also be a result, `{ ok: false }`, where the failed attempt had to be recorded. */
function isRefused(answer: ActionResult<unknown>): boolean {
  if (answer.status === "error") return true;
  return typeof answer.shown === "object" && answer.shown !== null && "ok" in answer.shown && answer.shown.ok === false;
}

/**
 * The same for a form that keeps no state, like a button to sign out; it works before any script has loaded. A failure goes to
 * the page's error boundary, in the words meant for people.
 */
export function plainAction<Input extends z.ZodType, Result>(
  useCase: UseCase<Input, Result>,
  options: Options<Input, Result, null>,
): (form: FormData) => Promise<void> {
  const act = action(useCase, options);
  return async (form) => {
    const result = await act(form);
    if (result.status === "error") throw new Error(result.message);
  };
}

async function actingCtx(as: Options<z.ZodType, unknown, unknown>["as"], form: FormData): Promise<Ctx> {
  if (as === "visitor") return visitorCtx();
  const slug = form.get("account");
  const ctx = {
    user: () => userCtxOrNull(),
    staff: () => staffCtxOrNull(),
    member: () => memberCtxOrNull(typeof slug === "string" ? slug : ""),
  }[as]();
  const found = await ctx;
  if (found) return found;
  if (as === "staff" && (await currentSession())?.lacksSecondStep) {
    throw new AppError("forbidden", words.errors.secondStepFirst);
  }
  if (await userCtxOrNull()) throw new AppError("not_found", "There is no such account, or you cannot see it.");
  throw new AppError("unauthenticated", "Your session has ended. Sign in again; your input stays in the form.");
}
