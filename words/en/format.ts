export { language, locale } from "./locale.ts";
export * from "./numbers.ts";
export * from "./time.ts";
export * from "./time-zones.ts";
