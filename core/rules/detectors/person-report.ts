import { defineDetector } from "./detector.ts";

/** A person, or a program through the API, reports this account. The signal comes with the report. */
export const personReport = defineDetector({
  id: "report",
  version: 1,
  reasonCode: "other",
  halfLifeDays: 7,
  weight: 1,
  isSilencedBySuspension: false,
  respectsAnnouncedLoad: false,
  isSilencedByLeak: false,
  offence: null,
  looksAt: "reported",
  defaults: { reports: 1 },
});
