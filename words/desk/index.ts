export * from "./actions.ts";
export * from "./acts.ts";
export * from "./cases.ts";
export * from "./detectors.ts";
export * from "./reports.ts";
export * from "./views.ts";
