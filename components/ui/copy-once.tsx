"use client"; // The window is loaded when there is something to show.

import { lazy, type ReactNode, Suspense } from "react";

export type CopyOnceProps = {
  open: boolean;
  title: ReactNode;
  /** What it is and that it will not be shown again. */
  description: ReactNode;
  secret: string;
  /** What is copied, as in "Copy token". */
  what: string;
  /** A ready line to try it with. */
  example?: { label: ReactNode; command: string };
  onStored: () => void;
};

const CopyOncePanel = lazy(() => import("./copy-once-panel.tsx"));

/** A secret shown once. Neither Escape nor a press outside closes it, only "I have stored it". */
export function CopyOnce(props: CopyOnceProps) {
  return props.open ? (
    <Suspense fallback={null}>
      <CopyOncePanel {...props} />
    </Suspense>
  ) : null;
}
