"use client"; // Reads the page again while somebody looks at it.

import { useRouter } from "next/navigation";
import { useEffect, useRef } from "react";
import { isInUse } from "#app/_parts/in-use.ts";
import { refreshPage } from "#app/_parts/refresh-page.ts";
import { useLive } from "./live.tsx";

/** A screen on a wall is looked at and not touched. After a day it is taken for forgotten, so that its session ends like others. */
const untouchedMs = 24 * 3_600_000;
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
      if (!isInUse(untouchedMs) || !latest.current.isLive) return;
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
