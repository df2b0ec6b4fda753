import type { ActionResult } from "./action-result.ts";
import type { Typed } from "./form.ts";

/**
 * A form that the browser posts without script is answered by a page, rendered in the same request and process as the action. What
 * came of it waits here between the two. So none of it is in a hidden field, an address or a log, and no other request can ask for
 * it: proxy.ts gives every request its own id and overwrites one that was sent.
 */
export type Answered = {
  /** Which of the page's forms. */
  form: string;
  result: ActionResult<unknown>;
  typed: Typed;
};

type Kept = { answered: Answered; atMs: number };

// Pages and actions are bundled apart, so a module's own variable would be two.
const holder = globalThis as { gatehouseAnswers?: Map<string, Kept> };
/** Far longer than a page takes; what no page has asked for by then is dropped. */
const longestMs = 30_000;
const most = 1_000;

export function keepForThisAnswer(requestId: string, answered: Answered, nowMs = Date.now()): void {
  const kept = waiting(nowMs);
  kept.set(requestId, { answered, atMs: nowMs });
  if (kept.size <= most) return;
  // Errors first: anybody can cause them, and a secret that is shown once must not go for them.
  const [oldest] = kept;
  const goes = [...kept].find(([, one]) => !isDone(one)) ?? oldest;
  if (goes) kept.delete(goes[0]);
}

const isDone = ({ answered }: Kept) => answered.result.status === "ok";

/** Gives it out and forgets it; undefined = this request has left nothing. */
export function takeForThisAnswer(requestId: string | null, nowMs = Date.now()): Answered | undefined {
  const kept = waiting(nowMs);
  const found = requestId === null ? undefined : kept.get(requestId);
  if (requestId !== null) kept.delete(requestId);
  return found?.answered;
}

function waiting(nowMs: number): Map<string, Kept> {
  holder.gatehouseAnswers ??= new Map();
  for (const [id, { atMs }] of holder.gatehouseAnswers)
    if (nowMs - atMs > longestMs) holder.gatehouseAnswers.delete(id);
  return holder.gatehouseAnswers;
}
