import { defineDetector } from "./detector.ts";

/** A token has become public: an intake of leaked tokens matched it, and its signal comes from there. */
export const tokenLeak = defineDetector({
  id: "token_leak",
  version: 1,
  reasonCode: "token_leak",
  // A leak does not fade: the token stays known.
  halfLifeDays: 365,
  weight: 1,
  isSilencedBySuspension: false,
  respectsAnnouncedLoad: false,
  isSilencedByLeak: false,
  offence: null,
  looksAt: "reported",
  defaults: { matches: 1 },
});
