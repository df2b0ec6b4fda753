/** Numbers, times, durations and plurals as their readers write them: `import * as format`. A translation brings its own. */
export * from "./en/format.ts";
export type { PluralForms } from "./en/numbers.ts";
export type { Instant, TimeStyle } from "./en/time.ts";
