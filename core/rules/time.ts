/** Lengths of time in milliseconds. A UTC day has no leap seconds here, as in JavaScript and Postgres. */
export const secondMs = 1_000;
export const minuteMs = 60 * secondMs;
export const hourMs = 60 * minuteMs;
export const dayMs = 24 * hourMs;
export const weekMs = 7 * dayMs;

/** Lengths of time in seconds. */
export const daySeconds = 86_400;
