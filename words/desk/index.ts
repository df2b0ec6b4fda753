export * from "./acts.ts";
export * from "./detectors.ts";
