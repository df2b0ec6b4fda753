import { health, processMetrics } from "#app/_lib/health.ts";

export const GET = health(processMetrics);
