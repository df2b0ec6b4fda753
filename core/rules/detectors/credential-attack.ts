import { defineDetector, type Signal } from "./detector.ts";

/**
 * Somebody tries out credentials: many attempts with unknown tokens from a network that this account uses, or calls with its dead
 * or forbidden tokens from many addresses. A network that no account uses has nobody to flag; it is listed on the desk.
 */
export const credentialAttack = defineDetector({
  id: "credential_attack",
  version: 1,
  reasonCode: "credential_attack",
  halfLifeDays: 3,
  weight: 1,
  isSilencedBySuspension: true,
  respectsAnnouncedLoad: false,
  isSilencedByLeak: false,
  looksAt: "minutes",
  defaults: { unknownAttempts: 30, failingAddresses: 20 },
  evaluate: (window, config) => {
    const signals: Signal[] = window.unknownAttempts
      .filter((one) => one.requests >= config.unknownAttempts)
      .map(({ network, requests }) => ({
        scope: "network" as const,
        scopeId: network,
        severity: 2 as const,
        magnitude: requests,
        facts: { kind: "credential_attack", from: network, attempts: requests },
        evidence: { unknownAttempts10Minutes: requests },
      }));
    const addresses = new Set(window.failingAddresses.map((one) => one.address)).size;
    if (addresses >= config.failingAddresses)
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
