"use client"; // Reads the page again while somebody looks at it.

import { useRouter } from "next/navigation";
import { useEffect, useRef } from "react";
import { refreshPage } from "#app/_parts/refresh-page.ts";
import { useLive } from "./live.tsx";

/** Even without use, what other people change shows after this many turns. */
const turnsWithoutUse = 6;

/**
 * Renders the page anew at most every `seconds`, when the account was used or some time has passed, and only while the
 * server answers: a page on the screen is worth more than an error.
 */
export function RefreshOnUse({ seconds }: { seconds: number }) {
  const router = useRouter();
  const { live, state } = useLive();
  const use = live ? `${live.quota.used} ${live.lastHour.refused}` : "";
  const latest = useRef({ use, isLive: false });
  useEffect(() => {
    latest.current = { use, isLive: state === "live" };
  }, [use, state]);
  useEffect(() => {
    let shown = latest.current.use;
    let turns = 0;
    const timer = setInterval(() => {
      if (document.visibilityState !== "visible" || !latest.current.isLive) return;
      turns += 1;
      if (latest.current.use === shown && turns < turnsWithoutUse) return;
      shown = latest.current.use;
      turns = 0;
      void refreshPage(router);
    }, seconds * 1000);
    return () => clearInterval(timer);
  }, [router, seconds]);
  return null;
}
