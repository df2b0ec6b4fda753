import type { Surface } from "../../core/rules/vocabulary.ts";
import { count } from "./numbers.ts";

/** A surface as a name: "SMTP". */
export const surfaces: Record<Surface, string> = { http: "HTTP", smtp: "SMTP", inbound: "Inbound" };

export type Route = { surface: Surface; method: string; path: string };

/** `POST /v1/email`, `any /v1/inbound/**`, `SMTP`: a route as its callers know it. */
export function route({ surface, method, path }: Route): string {
  if (surface !== "http") return surface.toUpperCase();
  return `${method === "*" ? "any" : method} ${path}`;
}

/** In the place of a route, of requests that matched none. */
export const noEndpoint: string = "no such endpoint";

/** `120 / min`, `5 / s`, `1,000 / 10 min`: a rate limit with its window, for tables; null = no limit. */
export function limit(requests: number | null, windowSeconds: number): string {
  if (requests === null) return "no limit";
  const [length, unit] = windowSeconds % 60 === 0 ? [windowSeconds / 60, "min"] : [windowSeconds, "s"];
  return `${count(requests)} / ${length === 1 ? "" : `${length} `}${unit}`;
}

/** `120 per minute`, `1,000 per 10 minutes`: a rate limit within a sentence. */
export function rate(requests: number, windowSeconds: number): string {
  return `${count(requests)} per ${windowLength(windowSeconds)}`;
}

function windowLength(seconds: number): string {
  const [length, unit] =
    seconds % 3_600 === 0
      ? [seconds / 3_600, "hour"]
      : seconds % 60 === 0
        ? [seconds / 60, "minute"]
        : [seconds, "second"];
  return length === 1 ? unit : `${count(length)} ${unit}s`;
}
