/**
 * Requests that the gate allowed and the API answered alike, with 400 to 499, as far as it reports its statuses: of one token, endpoint, method and
 * path. `endpointId` 0 = no endpoint is known to which the path belongs.
 */
export type AnsweredRequest = {
  tokenId: string;
  endpointId: number;
  status: number;
  method: string | null;
  path: string | null;
  requests: number;
  firstAtMs: number;
  lastAtMs: number;
};

/** Paths that differ in one number only and were answered 404 or 403. */
export type WalkedIds = {
  tokenId: string;
  endpointId: number;
  method: string | null;
  /** With `{n}` in the place of the number. */
  path: string;
  requests: number;
  /** How many distinct numbers, and the lowest and highest of them. */
  ids: number;
  lowest: number;
  highest: number;
  firstAtMs: number;
  lastAtMs: number;
};

/** Answers that say the request itself is wrong, and will be as long as it is not changed. */
export const lastingStatuses = [400, 401, 403, 405, 406, 411, 413, 414, 422, 431] as const;
export type LastingStatus = (typeof lastingStatuses)[number];
