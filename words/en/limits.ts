import { findLimit, type LimitKind, type LimitName } from "../../core/rules/limits/catalogue.ts";
import { count } from "./numbers.ts";
import { rate } from "./routes.ts";

/** Each limit as a label, and as the subject of a sentence. */
export const limits: Record<LimitName, { label: string; long: string }> = {
  "endpoint-rate": { label: "Rate limit", long: "The account's rate limit on this endpoint" },
  "token-rate": { label: "Token cap per minute", long: "The token's own cap per minute" },
  "token-quota": { label: "Token cap per day", long: "The token's own cap per day" },
  "account-quota": { label: "Daily quota", long: "The account's daily quota" },
};

/** Each kind of limit as a label. */
export const limitKinds: Record<LimitKind, string> = { rate: "Rate limit", quota: "Quota" };

/** Which limit refused; that of a later version is its own name. */
export function limitName(name: string): string {
  const known = findLimit(name);
  return known ? limits[known.name].long : name;
}

/** `120 per minute`, `10,000 per UTC day`. */
export function limitSize(limiter: { kind: LimitKind; limit: number; windowSeconds: number }): string {
  return sizes[limiter.kind](limiter.limit, limiter.windowSeconds);
}

const sizes: Record<LimitKind, (limit: number, windowSeconds: number) => string> = {
  rate,
  quota: (limit) => `${count(limit)} per UTC day`,
};
