import { alive, health } from "#app/_lib/health.ts";
