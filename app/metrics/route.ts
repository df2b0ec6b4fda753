import { health, processMetrics } from "#app/_lib/health.ts";
