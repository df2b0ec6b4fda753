import { defaultPathRules, readPath, spellPath } from "#core/rules/limits/path.ts";
import type { LogEntry } from "./parse-line.ts";

/** What a log's server has answered below one first segment with one method: as much as a log tells of an API's endpoints. */
export type LogRoute = {
  /** Upper case. */
  method: string;
  /** As an endpoint is registered: `/blog/**`, or `/favicon.ico` where nothing is below it. */
  path: string;
  requests: number;
};

type Seen = { method: string; spelled: string; isDeep: boolean; requests: number };

/** More first segments than any API has: a log of made-up paths must not fill the memory. */
const mostSeen = 20_000;

/** Collects the routes of a log, request by request. */
export class LogRoutes {
  readonly #seen = new Map<string, Seen>();

  /** Only what was answered counts: a path of which the server knew nothing is none of its endpoints. */
  add({ method, target, status }: Pick<LogEntry, "method" | "target" | "status">): void {
    if (status !== null && status >= 400) return;
    const read = readPath(target, defaultPathRules);
    if (read === null || read === "ambiguous") return;
    const [segment = "", ...below] = read.path.slice(1).split("/");
    // Braces and stars mean something in a registered path.
    if (/[{}*]/.test(segment)) return;
    const verb = method.toUpperCase() === "HEAD" ? "GET" : method.toUpperCase();
    const key = `${verb} ${segment.toLowerCase()}`;
    const seen = this.#seen.get(key);
    if (seen) {
      seen.requests += 1;
      seen.isDeep ||= below.length > 0;
    } else if (this.#seen.size < mostSeen) {
      const spelled = spellPath({ path: `/${segment}`, asSent: null });
      this.#seen.set(key, { method: verb, spelled, isDeep: below.length > 0, requests: 1 });
    }
  }

  /** Those with the most requests first. */
  list(): LogRoute[] {
    return [...this.#seen.values()]
      .sort((a, b) => b.requests - a.requests || (a.spelled < b.spelled ? -1 : 1))
      .map(({ method, spelled, isDeep, requests }) => ({ method, path: isDeep ? `${spelled}/**` : spelled, requests }));
  }
}
