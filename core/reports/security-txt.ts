import { dayMs } from "../rules/time.ts";
import { publicUrl } from "../runtime/env.ts";

/** RFC 9116: where to report a vulnerability. It ends half a year after it is read, so it never goes stale. */
export function securityTxt(now: Date): string {
  const base = publicUrl();
  const lines = [
    `Contact: ${base}/report/vulnerability`,
    `Expires: ${new Date(Math.floor(now.getTime() / dayMs) * dayMs + 180 * dayMs).toISOString()}`,
    "Preferred-Languages: en",
    `Canonical: ${base}/.well-known/security.txt`,
  ];
  return `${lines.join("\n")}\n`;
}
