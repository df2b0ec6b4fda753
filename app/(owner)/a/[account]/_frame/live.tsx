"use client"; // Keeps one stream open per visible tab and hands its latest look to whatever shows it.

import { useRouter } from "next/navigation";
import { createContext, type ReactNode, useContext, useEffect, useRef, useState } from "react";
import { isTyping } from "#app/_parts/is-typing.ts";
import { refreshPage } from "#app/_parts/refresh-page.ts";
import { StatusDot } from "#components/ui/status-dot.tsx";
import type { Live } from "#core/usage/get-live.ts";
import { followStream } from "./follow-stream.ts";

type LiveState = { live: Live | null; state: "connecting" | "live" | "reconnecting" };

const LiveContext = createContext<LiveState>({ live: null, state: "connecting" });

/** The account as it was a second ago; null until the first look has come. */
export const useLive = (): LiveState => useContext(LiveContext);

type LiveProviderProps = { slug: string; standing: Live["standing"]; children: ReactNode };

/** Follows the account's live stream. When what is in force changes, the page is read anew. */
export function LiveProvider({ slug, standing, children }: LiveProviderProps) {
  const router = useRouter();
  const [shown, setShown] = useState<LiveState>({ live: null, state: "connecting" });
  const url = `/a/${slug}/live`;

  useEffect(() => {
    let close: (() => void) | null = null;
    let timer: ReturnType<typeof setTimeout> | undefined;
    // Signed out, or no member any more: the server says where to go. Not while somebody types: that would be lost.
    const leave = () => {
      close = null;
      setShown(({ live }) => ({ live, state: "reconnecting" }));
      if (!isTyping()) router.refresh();
      // Whoever has signed in again in another tab goes on here.
      timer = setTimeout(isTyping() ? leave : follow, 2_000);
    };
    const open = () =>
      followStream(url, {
        onData: (data) => {
          if (isLive(data)) setShown({ live: data, state: "live" });
        },
        onSilent: () => setShown(({ live }) => ({ live, state: "reconnecting" })),
        onRefused: leave,
      });
    const follow = () => {
      if (document.visibilityState === "visible") close ??= open();
      else {
        // A browser opens few connections to one host; tabs in the background leave them to the others.
        close?.();
        close = null;
      }
    };
    follow();
    document.addEventListener("visibilitychange", follow);
    return () => {
      document.removeEventListener("visibilitychange", follow);
      clearTimeout(timer);
      close?.();
    };
  }, [url, router]);

  const inForce = shown.live ? `${shown.live.standing} ${shown.live.version}` : null;
  const seen = useRef<string | null>(null);
  const isOutdated = shown.live !== null && shown.live.standing !== standing;
  useEffect(() => {
    if (inForce === null || inForce === seen.current) return;
    const isChange = seen.current !== null || isOutdated;
    seen.current = inForce;
    if (isChange) void refreshPage(router);
  }, [inForce, isOutdated, router]);

  return <LiveContext value={shown}>{children}</LiveContext>;
}

/** Says honestly whether what is shown is live. */
export function LiveState() {
  const { state } = useLive();
  const words = { connecting: "connecting…", live: "live", reconnecting: "reconnecting…" };
  return (
    <span role="status">
      <StatusDot meaning={state === "live" ? "good" : "neutral"}>{words[state]}</StatusDot>
    </span>
  );
}

function isLive(data: unknown): data is Live {
  if (typeof data !== "object" || data === null) return false;
  return ["atMs", "standing", "version", "quota", "lastHour", "pressure", "series"].every((name) => name in data);
}
