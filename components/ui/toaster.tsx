"use client"; // Waits for the first message.

import { lazy, Suspense, useEffect, useState } from "react";
import { onFirstToast } from "./toast.ts";

const ToasterPanel = lazy(() => import("./toaster-panel.tsx"));

/** Where short messages appear; loaded with the first of them. */
export function Toaster() {
  const [isNeeded, setNeeded] = useState(false);
  useEffect(() => onFirstToast(() => setNeeded(true)), []);
  return isNeeded ? (
    <Suspense fallback={null}>
      <ToasterPanel />
    </Suspense>
  ) : null;
}
