import { format } from "#words/format.ts";

type Limiter = { name: string; kind: "rate" | "quota"; limit: number; used: number; windowSeconds: number };

const names: Record<string, string> = {
  "endpoint-rate": "The account's rate limit on this endpoint",
  "token-rate": "The token's own limit per minute",
  "token-quota": "The token's own limit per day",
  "account-quota": "The account's daily quota",
};

/** Which limit it was, in words. */
export function limiterName({ name }: Pick<Limiter, "name">): string {
  return names[name] ?? name;
}

/** `120 in 1 minute`, `10,000 a day`. */
export function limiterSize({ kind, limit, windowSeconds }: Limiter): string {
  return kind === "quota"
    ? `${format.count(limit)} a day (UTC)`
    : `${format.count(limit)} in ${format.duration(windowSeconds)}`;
}
