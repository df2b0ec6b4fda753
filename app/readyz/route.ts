import { health, ready } from "#app/_lib/health.ts";
