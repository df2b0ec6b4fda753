import type { Failure } from "./failure.ts";

/** What a form gets back: a script in the memory of its component, or else the page that answers the request; see `for-this-answer.ts`. */
export type ActionResult<Shown = null> = { status: "ok"; shown: Shown } | Failure;
