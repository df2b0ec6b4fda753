/** Decisions that wait so long to be counted, while the database answers, are an alarm on the desk and in the metrics. */
export const importStalledAfterMs = 120_000;

/** After this long the gate says that it is not ready, so that somebody looks. */
export const unreadyAfterMs = 600_000;
