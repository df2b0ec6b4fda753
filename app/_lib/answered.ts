import "server-only";
import { headers } from "next/headers";
import { cache } from "react";
import type { Action } from "./action.ts";
import { takeForThisAnswer } from "./for-this-answer.ts";
import type { Typed } from "./form.ts";
import { refusalIn } from "./refusal.ts";

/** What a form says of the answer to it: an error or a refusal, or that it is done. Nothing that may be seen only once. */
export type Told =
  | { status: "error"; message: string; fields: Record<string, string> }
  | { status: "ok"; refusal: unknown };
export type FormAnswer = { form: string; told: Told; typed: Typed };

const answered = cache(async () => takeForThisAnswer((await headers()).get("x-request-id")));

/** For the root layout: the answer to the form that was posted without script in the request being answered; null = there was none. */
export async function formAnswer(): Promise<FormAnswer | null> {
  const found = await answered();
  if (!found) return null;
  const { form, result, typed } = found;
  if (result.status === "ok") return { form, typed, told: { status: "ok", refusal: refusalIn(result.shown) } };
  return { form, typed, told: { status: "error", message: result.message, fields: result.fields } };
}

/** For a page: what this action, posted without script in the request being answered, shows once; null = nothing. */
export async function shownOnce<Shown>(_of: Action<Shown>): Promise<Shown | null> {
  const result = (await answered())?.result;
  return result?.status === "ok" && refusalIn(result.shown) === null ? (result.shown as Shown) : null;
}
