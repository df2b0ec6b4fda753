import { health, ready } from "#app/_lib/health.ts";

export const GET = health(ready);
