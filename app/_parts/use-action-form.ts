"use client"; // Holds what came back from the server while the form stays as it was typed.

import { useRouter } from "next/navigation";
import { type FormEvent, useId, useState, useTransition } from "react";
import type { Action } from "#app/_lib/action.ts";
import type { ActionResult } from "#app/_lib/action-result.ts";
import { postedFormField, scriptOnlyField } from "#app/_lib/form.ts";
import { type Refusal, refusalIn } from "#app/_lib/refusal.ts";
import { askForProof } from "#app/_parts/ask-for-proof.ts";
import { useFormAnswer } from "#app/_parts/form-answer.tsx";
import { refreshPage } from "#app/_parts/refresh-page.ts";
import { toast } from "#components/ui/toast.ts";
import { isOtherAddress } from "#words/words.ts";

type Options<Shown> = {
  /** Says in a toast that it is done, and without script in the form itself. */
  done?: string;
  /** Says it without script where `onDone` has its own words. */
  notice?: string;
  onDone?: (shown: Shown) => void;
};

type Failed = { status: "error"; message: string; fields: Record<string, string> };
type Answer<Shown> = ActionResult<Shown> | Failed;
/** Of an answer only what the form goes on to say: a secret is not in it. */
type Told<Shown> = Failed | { status: "ok"; refusal: Refusal<Shown> | null };

/**
 * A form over a server action, for `PostForm`. `errors` holds the message per field, `message` what concerns none of them, and
 * `refusal` a result that says no. `field` gives a `Field` its error and what was typed in it.
 *
 * With script the form is sent without being emptied, and the answer is kept in this component. Before script has come, or without
 * any, the browser posts it to the same action, and the page that answers says the same.
 */
export function useActionForm<Shown>(action: Action<Shown>, { done, notice = done, onDone }: Options<Shown> = {}) {
  const name = useId();
  const posted = useFormAnswer(name);
  const [sent, setSent] = useState<Told<Shown> | null>(null);
  const [pending, startTransition] = useTransition();
  const router = useRouter();

  const send = (form: FormData) =>
    startTransition(async () => {
      for (const field of [postedFormField, scriptOnlyField]) form.delete(field);
      const result = await call(action, form);
      setSent(told(result));
      if (result.status === "ok") {
        if (done) toast.success(done);
        onDone?.(result.shown);
        return;
      }
      // What is there now is to be seen behind the form, to be compared with what was typed.
      if ("code" in result && result.code === "conflict") void refreshPage(router);
    });
  const onSubmit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    send(new FormData(event.currentTarget, (event.nativeEvent as SubmitEvent).submitter));
  };
  const latest = sent ?? (posted?.told as Told<Shown> | undefined) ?? null;
  const errors = latest?.status === "error" ? latest.fields : {};
  const message = latest?.status === "error" && Object.keys(errors).length === 0 ? latest.message : "";
  const refusal = latest?.status === "ok" ? latest.refusal : null;
  const typed = sent?.status === "ok" ? {} : (posted?.typed ?? {});
  const isDone = latest?.status === "ok" && refusal === null;
  const field = (of: string) => ({
    ...(errors[of] ? { error: errors[of] } : {}),
    ...(typed[of]?.[0] === undefined ? {} : { typed: typed[of][0] }),
  });
  return {
    /** For `PostForm`: a form takes all or nothing. */
    form: { name, action, onSubmit },
    /** The page is the answer to this form, posted without script. */
    isPosted: posted !== null,
    notice: isDone && sent === null ? notice : undefined,
    ...{ send, errors, message, refusal, isDone, pending, field, typed },
  };
}

function told<Shown>(answer: Answer<Shown>): Told<Shown> {
  if (answer.status === "error") return { status: "error", message: answer.message, fields: answer.fields };
  return { status: "ok", refusal: refusalIn(answer.shown) };
}

/** Calls an action, once more when the person had to prove first that it is them; a network that is away is an answer like any other, so that nothing typed is lost. */
export async function call<Shown>(
  action: (form: FormData) => Promise<ActionResult<Shown>>,
  form: FormData,
): Promise<Answer<Shown>> {
  try {
    const answer = await action(form);
    const isHeld = answer.status === "error" && answer.needsProof === true;
    return isHeld && (await askForProof()) ? call(action, form) : answer;
  } catch (error) {
    // A redirect is thrown through here and must go on.
    if (typeof error === "object" && error !== null && "digest" in error) throw error;
    const said = error instanceof Error && isOtherAddress(error.message) ? error.message : null;
    return {
      status: "error",
      message: said ?? "Gatehouse did not answer. Check the connection and try again.",
      fields: {},
    };
  }
}
