"use client"; // Waits in the browser for a server that cannot render.

import { useEffect } from "react";
import { isServerReady } from "./refresh-page.ts";

const pollMs = 3_000;
/** A page that fails although the server is ready fails for another reason; asking more often would not help. */
const maxRetries = 3;
const sameStretchMs = 60_000;

/** Retries so far, for all error boundaries: each retry shows the boundary anew, so it cannot count itself. */
let retries: number[] = [];

/** Tries the failed page again by itself once the server says that its database answers, at most three times a minute. */
export function RetryWhenReady({ retry }: { retry: () => void }) {
  useEffect(() => {
    const timer = setInterval(async () => {
      const now = Date.now();
      retries = retries.filter((at) => now - at < sameStretchMs);
      if (retries.length >= maxRetries) return;
      if (!(await isServerReady())) return;
      retries.push(now);
      retry();
    }, pollMs);
    return () => clearInterval(timer);
  }, [retry]);
  return <p className="text-sm text-ink-3">The page reloads automatically when the server is ready.</p>;
}
