"use client"; // Holds what came back from the server while the form stays as it was typed.

import { useRouter } from "next/navigation";
import { type FormEvent, useState, useTransition } from "react";
import type { ActionResult } from "#app/_lib/action.ts";
import { refreshPage } from "#app/_parts/refresh-page.ts";
import { toast } from "#components/ui/toast.ts";

type Options<Shown> = { done?: string; onDone?: (shown: Shown) => void };

/**
 * Posts a form to a server action without emptying it on error. `errors` holds the message per field and `message` what
 * concerns none of them. The answer is kept in this component only, so it may not be sent back with the next post.
 */
export function useActionForm<Shown>(
  action: (form: FormData) => Promise<ActionResult<Shown>>,
  { done, onDone }: Options<Shown> = {},
) {
  const [errors, setErrors] = useState<Record<string, string>>({});
  const [message, setMessage] = useState("");
  const [pending, startTransition] = useTransition();
  const router = useRouter();

  const send = (form: FormData) =>
    startTransition(async () => {
      const result = await call(action, form);
      if (result.status === "ok") {
        setErrors({});
        setMessage("");
        if (done) toast.success(done);
        onDone?.(result.shown);
        return;
      }
      setErrors(result.fields);
      setMessage(Object.keys(result.fields).length > 0 ? "" : result.message);
      // What is there now is to be seen behind the form, to be compared with what was typed.
      if ("code" in result && result.code === "conflict") void refreshPage(router);
    });
  const onSubmit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    send(new FormData(event.currentTarget, (event.nativeEvent as SubmitEvent).submitter));
  };
  return { onSubmit, send, errors, message, pending };
}

type Answer<Shown> = ActionResult<Shown> | { status: "error"; message: string; fields: Record<string, string> };

/** Calls an action; a network that is away is an answer like any other, so that nothing typed is lost. */
export async function call<Shown>(
  action: (form: FormData) => Promise<ActionResult<Shown>>,
  form: FormData,
): Promise<Answer<Shown>> {
  try {
    return await action(form);
  } catch (error) {
    // A redirect is thrown through here and must go on.
    if (typeof error === "object" && error !== null && "digest" in error) throw error;
    return { status: "error", message: "Gatehouse did not answer. Check the connection and try again.", fields: {} };
  }
}
