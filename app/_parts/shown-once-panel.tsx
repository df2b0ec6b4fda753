"use client"; // Keeps what is shown once while the page around it renews itself.

import { lazy, useState } from "react";
import type { ShownOnce } from "./shown-once-body.tsx";

const ShownOnceBody = lazy(() => import("./shown-once-body.tsx"));

/** The answer to a form that was posted without script, where a dialog could not show it. `back` is the page without it. */
export function ShownOncePanel({ shown, back }: { shown: ShownOnce | null; back: string }) {
  const [first] = useState(shown);
  return first === null ? null : <ShownOnceBody shown={first} back={back} />;
}
