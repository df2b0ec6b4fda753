import type { ActionResult } from "#app/_lib/action-result.ts";
import { call } from "./use-action-form.ts";

/** For `onConfirm` of a dialog: calls the action, and a refusal stays in the dialog. */
export function confirmed(action: (form: FormData) => Promise<ActionResult<unknown>>) {
  return async (form: FormData): Promise<{ error: string } | undefined> => {
    const result = await call(action, form);
    return result.status === "error" ? { error: result.message } : undefined;
  };
}
