/** Numbers, times, durations and plurals as their readers write them. A translation brings a module of the same type. */
export * as format from "./en/format.ts";
export type { PluralForms } from "./en/numbers.ts";
export type { Instant, TimeStyle } from "./en/time.ts";
