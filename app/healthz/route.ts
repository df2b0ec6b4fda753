import { alive, health } from "#app/_lib/health.ts";

export const GET = health(alive);
