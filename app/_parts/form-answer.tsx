"use client"; // Hands the answer from the page to the form it belongs to.

import { createContext, type ReactNode, useContext, useState } from "react";
import type { FormAnswer } from "#app/_lib/answered.ts";
import { useHydrated } from "#components/ui/use-hydrated.ts";

const AnswerContext = createContext<FormAnswer | null>(null);

export function FormAnswerProvider({ answer, children }: { answer: FormAnswer | null; children: ReactNode }) {
  return <AnswerContext value={answer}>{children}</AnswerContext>;
}

/** The answer to the form with this name; null = the page is no answer to it, as every page that a script has gone to. */
export function useFormAnswer(form: string): FormAnswer | null {
  const answer = useContext(AnswerContext);
  const hasScript = useHydrated();
  const [mine] = useState(() => (!hasScript && answer?.form === form ? answer : null));
  return mine;
}
