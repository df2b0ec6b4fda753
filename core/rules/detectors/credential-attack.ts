import { minuteMs } from "../time.ts";
import { defineDetector, type Signal } from "./detector.ts";

/** Addresses to the usual networks of a day: phones are in others tomorrow. */
const timesNetworks = 3;

/**
 * Somebody tries out credentials: many distinct unknown tokens from an address that only this account has used, or from a network of
 * which it is the only user; or calls with its dead or forbidden tokens from many addresses. One token repeated is a client with a wrong
 * setting. A network that several accounts use says nothing about any of them: it is listed by itself (list-token-guessing).
 */
export const credentialAttack = defineDetector({
  id: "credential_attack",
  version: 3,
  reasonCode: "credential_attack",
  halfLifeDays: 3,
  weight: 1,
  isSilencedBySuspension: true,
  respectsAnnouncedLoad: false,
  isSilencedByLeak: false,
  offence: {
    outcomes: ["token_revoked", "token_expired", "ip_not_allowed", "account_ip_not_allowed"],
    lookBackMs: 10 * minuteMs,
  },
  looksAt: "minutes",
  defaults: { unknownTokens: 20, failingAddresses: 20 },
  evaluate: (window, config) => {
    const signals: Signal[] = window.unknownAttempts
      .filter((one) => one.tokens >= config.unknownTokens && (one.ownAddress !== null || one.accounts === 1))
      .map(({ network, requests, tokens, ownAddress }) => ({
        scope: "network" as const,
        scopeId: ownAddress ?? network,
        severity: ownAddress === null ? (1 as const) : (2 as const),
        magnitude: tokens,
        facts: {
          ...{ kind: "credential_attack" as const, from: ownAddress ?? network, attempts: requests, tokens },
          isOwnAddress: ownAddress !== null,
        },
        evidence: { unknownTokens10Minutes: tokens, unknownAttempts10Minutes: requests },
      }));
    // A fleet or an app that still has the old token calls from where it always did, or from as many networks as ever.
    const strange = window.failingAddresses.filter((one) => one.isKnown !== true);
    const addresses = new Set(strange.map((one) => one.address)).size;
    if (addresses >= Math.max(config.failingAddresses, timesNetworks * (window.usualNetworks ?? 0)))
      signals.push({
        scope: "account",
        scopeId: window.accountId,
        severity: 2,
        magnitude: addresses,
        facts: { kind: "credential_attack", from: null, addresses },
        evidence: { failingAddresses10Minutes: addresses },
      });
    return signals;
  },
});
