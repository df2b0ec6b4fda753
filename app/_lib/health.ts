import "server-only";
import { sql } from "drizzle-orm";
import { headers } from "next/headers";
import { isOnThisMachine } from "#app/_server/client-address.ts";
import { bearerIn } from "#core/api/authenticate.ts";
import { isLiveCredential } from "#core/gateways/is-live-credential.ts";
import { currentSession } from "./context.ts";
import { database } from "./database.ts";

/** A plain answer for machines that watch the process; says nothing secret and takes no input. */
export function health(check: () => Promise<{ status: number; body: string }>) {
  return async (): Promise<Response> => {
    const { status, body } = await check();
    return new Response(body, {
      status,
      headers: { "content-type": "text/plain; charset=utf-8", "cache-control": "no-store" },
    });
  };
}

/** Alive: the process answers. */
export const alive = async () => ({ status: 200, body: "ok\n" });

/** Ready: the database answers too. */
export async function ready() {
  return database()
    .db.execute(sql`select 1`)
    .then(
      () => ({ status: 200, body: "ready\n" }),
      () => ({ status: 503, body: "The database does not answer.\n" }),
    );
}

/** Whether whoever asks is signed in, so that a page that is open can tell it from a server that is away. */
export async function signedIn() {
  const state = await ready();
  if (state.status !== 200) return state;
  return { status: 200, body: (await currentSession()) ? "signed in\n" : "signed out\n" };
}

/**
 * Prometheus text: memory and uptime of the web process. For who stands on the machine itself, and for the bearer of a gateway
 * credential, as at the gate. Behind a proxy on the same machine everybody comes from there, so a forwarded call needs the credential.
 */
export async function processMetrics() {
  const given = await headers();
  const secret = bearerIn(given.get("authorization") ?? "");
  if (!isOnThisMachine(given) && (secret === "" || !(await isLiveCredential(database().db, secret))))
    return { status: 401, body: "Send a gateway credential: Authorization: Bearer gthg_…\n" };
  const lines = [
    "# HELP gatehouse_web_uptime_seconds Seconds since the process started.",
    "# TYPE gatehouse_web_uptime_seconds gauge",
    `gatehouse_web_uptime_seconds ${Math.round(process.uptime())}`,
    "# HELP gatehouse_web_memory_bytes Resident memory.",
    "# TYPE gatehouse_web_memory_bytes gauge",
    `gatehouse_web_memory_bytes ${process.memoryUsage.rss()}`,
  ];
  return { status: 200, body: `${lines.join("\n")}\n` };
}
