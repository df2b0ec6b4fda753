"use client"; // Says that the page is open, again and again.

import { Eye } from "lucide-react";
import { useEffect, useState } from "react";
import { isInUse } from "#app/_parts/in-use.ts";
import { call } from "#app/_parts/use-action-form.ts";
import { viewCaseAction } from "../actions.ts";

const everyMs = 12_000;

/** Who else has this case open, in the bar above it, where nothing moves when somebody comes. Being here also renews the claim. */
export function Presence({ caseId }: { caseId: string }) {
  const [others, setOthers] = useState<string[]>([]);
  useEffect(() => {
    let isGone = false;
    const tell = async () => {
      if (!isInUse()) return;
      const form = new FormData();
      form.set("caseId", caseId);
      const result = await call(viewCaseAction, form);
      if (!isGone && result.status === "ok") setOthers(result.shown);
    };
    void tell();
    const timer = setInterval(() => void tell(), everyMs);
    return () => {
      isGone = true;
      clearInterval(timer);
    };
  }, [caseId]);
  return (
    <span role="status" className="min-w-0 text-sm text-warning">
      {others.length > 0 ? (
        <span className="flex items-center gap-1.5" title={others.join(", ")}>
          <Eye aria-hidden className="size-4 shrink-0" />
          <span className="truncate max-sm:sr-only">
            {others.join(", ")} {others.length === 1 ? "has" : "have"} this case open too
          </span>
        </span>
      ) : null}
    </span>
  );
}
