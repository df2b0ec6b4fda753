import { defineDetector } from "./detector.ts";

/**
 * A secret is used after it was retired. Its signals come from the watch over secrets (tokens/flag-retired-secret), which knows
 * when each secret retired; a window of counts does not.
 */
export const retiredSecret = defineDetector({
  id: "retired_secret",
  version: 1,
  reasonCode: "token_leak",
  halfLifeDays: 3,
  weight: 0.4,
  isSilencedBySuspension: false,
  respectsAnnouncedLoad: false,
  isSilencedByLeak: true,
  offence: null,
  looksAt: "reported",
  /** The owner is told again of the same token at most this often. */
  defaults: { tellAgainHours: 24 },
});
