"use client"; // The window is loaded when there is something to show.

import { lazy, Suspense } from "react";
import type { CopyOnceProps } from "./copy-once-panel.tsx";

const CopyOncePanel = lazy(() => import("./copy-once-panel.tsx"));

/** A secret shown once. Neither Escape nor a press outside closes it, only "I have stored it". */
export function CopyOnce(props: CopyOnceProps) {
  return props.open ? (
    <Suspense fallback={null}>
      <CopyOncePanel {...props} />
    </Suspense>
  ) : null;
}
