"use client"; // Reads the page again while somebody looks at it.

import { useRouter } from "next/navigation";
import { useEffect } from "react";
import { isInUse } from "./in-use.ts";
import { refreshPage } from "./refresh-page.ts";

/** Renders the page anew every `seconds` while its tab is visible and in use. What is typed, open or selected stays. */
export function KeepFresh({ seconds }: { seconds: number }) {
  const router = useRouter();
  useEffect(() => {
    const timer = setInterval(() => {
      if (isInUse()) void refreshPage(router);
    }, seconds * 1000);
    return () => clearInterval(timer);
  }, [router, seconds]);
  return null;
}
