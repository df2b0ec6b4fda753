import { uuidPattern } from "../../rules/uuid.ts";

/** What the web app and worker tell the gates. Payloads come from another process: anything that does not fit is null. */

export type TokenChange = { hashes: string[] };
export type AccountChange = { accountId: string; standingVersion: number };

const sha256 = /^[0-9a-f]{64}$/;

/** Channel `gate_token`: `{"tokenId","hashes":[hex …]}`. */
export function readTokenChange(payload: string): TokenChange | null {
  const { hashes } = parseObject(payload);
  if (!Array.isArray(hashes)) return null;
  const texts = hashes.filter((one): one is string => typeof one === "string").map((one) => one.toLowerCase());
  return texts.length === hashes.length && texts.every((one) => sha256.test(one)) ? { hashes: texts } : null;
}

/** Channel `gate_account`: `{"accountId","standingVersion"}`. */
export function readAccountChange(payload: string): AccountChange | null {
  const { accountId, standingVersion } = parseObject(payload);
  if (typeof accountId !== "string" || !uuidPattern.test(accountId)) return null;
  if (typeof standingVersion !== "number" || !Number.isSafeInteger(standingVersion)) return null;
  return { accountId, standingVersion };
}

function parseObject(payload: string): Record<string, unknown> {
  try {
    const parsed: unknown = JSON.parse(payload);
    return typeof parsed === "object" && parsed !== null ? { ...parsed } : {};
  } catch {
    return {};
  }
}
