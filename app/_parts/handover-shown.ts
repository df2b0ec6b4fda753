import "server-only";
import type { Action } from "#app/_lib/action.ts";
import { shownOnce } from "#app/_lib/answered.ts";
import { publicUrl } from "#core/runtime/env.ts";
import type { ShownOnce } from "./shown-once-body.tsx";

/** Where an invitation went that was sent without script, for the page that answers it; null = there was none. */
export async function handoverShownOnce(
  action: Action<{ path: string | null; sentTo: string | null }>,
): Promise<ShownOnce | null> {
  const handover = await shownOnce(action);
  if (handover === null) return null;
  const link = handover.path === null ? null : new URL(handover.path, publicUrl()).href;
  const text =
    link === null
      ? `Sent to ${handover.sentTo ?? "them"}. The link works once, within 7 days.`
      : "Send this link to the person you invited. It works once, within 7 days, and is not shown again.";
  return { title: "Invitation", text, secret: link, what: "invitation link" };
}
