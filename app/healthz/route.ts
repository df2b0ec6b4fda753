import { alive, health } from "#app/_lib/health.ts";

export const dynamic = "force-dynamic";
export const GET = health(alive);
