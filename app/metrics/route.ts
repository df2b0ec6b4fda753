import { health, processMetrics } from "#app/_lib/health.ts";

export const dynamic = "force-dynamic";
export const GET = health(processMetrics);
