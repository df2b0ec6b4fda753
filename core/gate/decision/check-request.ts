import type { Surface } from "../../rules/vocabulary.ts";

/** One request about which a decision is asked, whichever door it came through. */
export type CheckRequest = {
  /** Empty = the client sent none. */
  token: string;
  /** SHA-256 of the token (hex), where the caller knows whose it is without having it; null = `token` says it. */
  tokenKey: string | null;
  surface: Surface;
  /** The endpoint's name, or null: then method and uri say which it is. */
  endpointName: string | null;
  method: string | null;
  /** The request target as the client sent it. */
  uri: string | null;
  ip: string | null;
  userAgent: string | null;
  /** A scope asked for beside the endpoint's own. */
  scope: string | null;
  /** How many calls it counts as; multiplied by the endpoint's own cost. */
  cost: number;
  /** How many people it sends something to, where the caller says; null = the endpoint's own number. Not counted against limits. */
  recipients: number | null;
  /** Look without spending: nothing is counted, recorded or remembered. */
  isProbe: boolean;
  requestId: string | null;
  /** Which gateway asked; empty = a caller on loopback. */
  caller: string;
};
