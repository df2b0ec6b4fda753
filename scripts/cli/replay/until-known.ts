import { setTimeout as sleep } from "node:timers/promises";
import type { RegisteredRoutes } from "../access-log/register-routes.ts";
import type { ClientTokens } from "../access-log/secrets-file.ts";
import { GateAway, type GateClient } from "../gate-client.ts";

const askEveryMs = 50;

/** Waits until the gate knows the endpoints that were registered just now, by looking without spending; no longer than `patienceMs`. */
export async function untilKnown(
  gate: Pick<GateClient, "verify">,
  tokens: ClientTokens,
  { added }: RegisteredRoutes,
  patienceMs: number,
): Promise<void> {
  const [route] = added;
  const [client] = tokens.values();
  if (route === undefined || client === undefined) return;
  const path = route.path.replace(/\/\*\*$/, "");
  const call = { token: client.secret, method: route.method, path, surface: "http" as const, dry_run: true };
  for (const endMs = performance.now() + patienceMs; performance.now() < endMs; await sleep(askEveryMs)) {
    const code = await gate.verify(call).catch((error: unknown) => {
      if (error instanceof GateAway) return "away";
      throw error;
    });
    if (code !== "unknown_endpoint" && code !== "away") return;
  }
}
