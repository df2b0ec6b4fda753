import "server-only";
import { revalidatePath } from "next/cache";
import { headers } from "next/headers";
import { redirect } from "next/navigation";
import type { z } from "zod";
import type { Ctx } from "#core/frame/context.ts";
import type { UseCase } from "#core/frame/define.ts";
import { AppError } from "#core/frame/errors.ts";
import * as words from "#words/words.ts";
import type { ActionResult } from "./action-result.ts";
import { currentSession, memberCtxOrNull, staffCtxOrNull, tokenViewCtx, userCtxOrNull, visitorCtx } from "./context.ts";
import { failureOf } from "./failure.ts";
import { keepForThisAnswer } from "./for-this-answer.ts";
import { formToInput, postedForm, typedIn, worksOnlyWithScript } from "./form.ts";
import { isOwnOrigin } from "./origin.ts";
import { refusalIn } from "./refusal.ts";

type Options<Input extends z.ZodType, Result, Shown> = {
  /** As whom the person acts. A member acts in the account whose slug the form names in `account`, if it is theirs. */
  as: "visitor" | "user" | "member" | "staff" | "token";
  /** Paths to render anew; the pattern of a dynamic page, like `/a/[account]/tokens`. */
  revalidate?: string[];
  /**
   * What of the result the browser may see; nothing unless named. A script gets it; without one the page that answers this very
   * request can show it, once.
   */
  show?: (result: Result) => Shown;
  /** What the form means, where its fields are not those of the use case. */
  read?: (form: FormData, now: Date) => Record<string, unknown> | Promise<Record<string, unknown>>;
  /** Fields that a page without script gives back when they were refused; nothing unless named, and never a secret. */
  echo?: readonly (`${keyof z.input<Input> & string}${"" | "[]"}` | `_${string}`)[];
  /** Side effects of the web alone, like a cookie. */
  after?: (result: Result, form: FormData) => Promise<void>;
  redirectTo?: (result: Result) => string | null;
  /** Where a browser without script is sent; with script the form itself goes on. */
  goOn?: (result: Result, form: FormData) => string | null;
};

export type Action<Shown = null> = (form: FormData) => Promise<ActionResult<Shown>>;

/**
 * A server action over a command: checks Origin, makes the actor, hands the form over as it is, and tells what came of it, to the
 * script that called it or to the page that is rendered in the same request.
 */
export function action<Input extends z.ZodType, Result, Shown = null>(
  useCase: UseCase<Input, Result>,
  options: Options<Input, Result, Shown>,
): Action<Shown> {
  return async (form) => {
    const given = await headers();
    const requestId = given.get("x-request-id") ?? crypto.randomUUID();
    /** The form of the page that the browser posted itself; null = a script sent it. */
    const posted = form instanceof FormData ? postedForm(form) : null;
    const answer = (result: ActionResult<Shown>): ActionResult<Shown> => {
      if (posted === null) return result;
      const isRefused = result.status === "error" || refusalIn(result.shown) !== null;
      const typed = isRefused ? typedIn(form, options.echo ?? []) : {};
      keepForThisAnswer(requestId, { form: posted, result, typed });
      return result;
    };
    let result: Result;
    try {
      if (!isOwnOrigin(given)) throw new AppError("forbidden", "This form was not sent from a Gatehouse page.");
      if (!(form instanceof FormData)) throw new AppError("invalid", "This is not a form.");
      if (posted !== null && worksOnlyWithScript(form)) throw new AppError("invalid", tooEarly);
      const ctx = await actingCtx(options.as, form);
      result = await useCase.fromUnknown(ctx, { ...formToInput(form), ...(await options.read?.(form, ctx.now)) });
      await options.after?.(result, form);
    } catch (error) {
      const failure = failureOf(error, requestId);
      // Without script no dialog can ask for the password; the page that does leads back here.
      if (posted !== null && failure.needsProof) redirect(`/me/prove?${new URLSearchParams({ next: pathOf(given) })}`);
      return answer(failure);
    }
    for (const path of options.revalidate ?? []) revalidatePath(path, path.includes("[") ? "page" : undefined);
    const target = options.redirectTo?.(result) ?? (posted === null ? null : options.goOn?.(result, form));
    if (target) redirect(target);
    return answer({ status: "ok", shown: (options.show ? options.show(result) : null) as Shown });
  };
}

function pathOf(given: Headers): string {
  return given.get("x-path") ?? "/";
}

const tooEarly = "This form was sent before its page had loaded. Nothing was changed; fill it in and try again.";

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
    token: () => tokenViewCtx(),
    member: () => memberCtxOrNull(typeof slug === "string" ? slug : ""),
  }[as]();
  const found = await ctx;
  if (found) return found;
  if (as === "staff" && (await currentSession())?.lacksSecondStep) {
    throw new AppError("forbidden", words.errors.secondStepFirst);
  }
  if (await currentSession()) throw new AppError("not_found", "There is no such account, or you cannot see it.");
  throw new AppError("unauthenticated", "Your session has ended. Sign in again; your input stays in the form.");
}
