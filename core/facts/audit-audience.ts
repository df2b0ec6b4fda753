/**
 * What of the audit is staff's own business and not for members of the account: the work on flags, cases and reports, looks at what
 * is masked, and what was only proposed. Its notes are written for colleagues, and it would tell of a measure without notice. Whole
 * names, or what they begin with.
 */
export const staffOnlyAudit = ["case.", "flag.", "report.", "personal.", "action.propose", "appeal.take"] as const;

/** What members read in the place of a name of the staff, and of a staff key: who of the provider acted stays with the provider. */
export const theProvider = "The provider";
