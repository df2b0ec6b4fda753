export * from "./acts.ts";
export * from "./findings.ts";
export * from "./routes.ts";
export * from "./signals.ts";
