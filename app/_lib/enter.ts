import "server-only";
import { clearSessionCookie, setSessionCookie } from "./auth.ts";
import { rememberDevice } from "./device-cookie.ts";
import { clearFrameCookie, frameSessionId, setFrameCookie } from "./frame-cookie.ts";

/** Marks the form of a page that stands in a frame of another site. */
export const framedField = "_framed";

/** Hands the browser a session that the provider's product opened. The device is not remembered: the person has proven nothing here. */
export function enterByLink(
  { sessionId, userId }: { sessionId: string; userId: string },
  form: FormData,
): Promise<void> {
  return form.has(framedField) ? setFrameCookie(sessionId) : setSessionCookie(sessionId, userId, { isPortal: true });
}

/** Takes its session from the browser, wherever it is kept. */
export async function leave(): Promise<void> {
  await clearSessionCookie();
  if ((await frameSessionId()) !== null) await clearFrameCookie();
}

/** Hands the browser the session that was opened for it, whichever way the person came in, and remembers the device as theirs. */
export async function enter({ sessionId, userId }: { sessionId: string; userId: string }): Promise<void> {
  await setSessionCookie(sessionId, userId);
  await rememberDevice(userId);
}
