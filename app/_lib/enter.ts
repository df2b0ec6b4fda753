import "server-only";
import { setSessionCookie } from "./auth.ts";
import { rememberDevice } from "./device-cookie.ts";

/** Hands the browser a session that the provider's product opened. The device is not remembered: the person has proven nothing here. */
export function enterByLink({ sessionId, userId }: { sessionId: string; userId: string }): Promise<void> {
  return setSessionCookie(sessionId, userId, { isPortal: true });
}

/** Hands the browser the session that was opened for it, whichever way the person came in, and remembers the device as theirs. */
export async function enter({ sessionId, userId }: { sessionId: string; userId: string }): Promise<void> {
  await setSessionCookie(sessionId, userId);
  await rememberDevice(userId);
}
