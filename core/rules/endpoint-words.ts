export type Route = { surface: string; method: string; path: string };

/** `POST /v1/email`, `any /v1/inbound/**`, `SMTP`: a route as its callers know it. */
export function endpointWords({ surface, method, path }: Route): string {
  if (surface !== "http") return surface.toUpperCase();
  return `${method === "*" ? "any" : method} ${path}`;
}

/** `120 / min`, `5 / s`, `1,000 / 10 min`: a rate limit with its window; null = no limit. */
export function limitWords(limit: number | null, windowSeconds: number): string {
  if (limit === null) return "no limit";
  const [count, unit] = windowSeconds % 60 === 0 ? [windowSeconds / 60, "min"] : [windowSeconds, "s"];
  return `${limit.toLocaleString("en-US")} / ${count === 1 ? "" : `${count} `}${unit}`;
}
