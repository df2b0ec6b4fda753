"use client"; // Waits until something that was sent needs a proof; what it shows is loaded then.

import { lazy, Suspense, useEffect, useState } from "react";
import type { ProofWays } from "#app/_lib/proof-ways.ts";
import { askWith } from "./ask-for-proof.ts";

const ProofPrompt = lazy(() => import("./proof-prompt.tsx"));

/** Asks for a proof before a dangerous act of a session that has been open for a while. What was typed stays where it is. */
export function ProofDialog({ ways }: { ways: ProofWays }) {
  const [answer, setAnswer] = useState<((isProven: boolean) => void) | null>(null);
  useEffect(() => askWith(() => new Promise((resolve) => setAnswer(() => resolve))), []);
  if (!answer) return null;
  const settle = (isProven: boolean) => {
    answer(isProven);
    setAnswer(null);
  };
  return (
    <Suspense fallback={null}>
      <ProofPrompt ways={ways} onAnswer={settle} />
    </Suspense>
  );
}
