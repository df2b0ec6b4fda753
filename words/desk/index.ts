export * from "./detectors.ts";
