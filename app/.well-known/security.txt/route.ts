import { env } from "#core/env.ts";

export const dynamic = "force-dynamic";

const dayMs = 86_400_000;

/** RFC 9116: where to report a vulnerability. It ends in half a year from whenever it is read, so it never goes stale. */
export function GET(): Response {
  const base = env().PUBLIC_URL.replace(/\/+$/, "");
  const lines = [
    `Contact: ${base}/report/vulnerability`,
    `Expires: ${new Date(Math.floor(Date.now() / dayMs) * dayMs + 180 * dayMs).toISOString()}`,
    "Preferred-Languages: en",
    `Canonical: ${base}/.well-known/security.txt`,
  ];
  return new Response(`${lines.join("\n")}\n`, { headers: { "content-type": "text/plain; charset=utf-8" } });
}
