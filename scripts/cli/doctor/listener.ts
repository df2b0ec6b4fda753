import type { Finding } from "./finding.ts";

/** Asks a process whether it is ready to work, which includes its own database connection. */
export async function checkListener(what: string, url: string): Promise<Finding> {
  try {
    const answer = await fetch(`${url}/readyz`, { signal: AbortSignal.timeout(3_000) });
    if (answer.ok) return { what, ok: true, found: `ready on ${url}` };
    const found = `answers on ${url} but is not ready (status ${answer.status})`;
    return { what, ok: false, found, remedy: "Its log says what it waits for; most often the database." };
  } catch {
    return { what, ok: false, found: `does not answer on ${url}`, remedy: "Start it (npm start), or set its address." };
  }
}
