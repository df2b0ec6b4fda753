import { health, signedIn } from "#app/_lib/health.ts";

export const GET = health(signedIn);
