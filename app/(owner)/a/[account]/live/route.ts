import { stream } from "#app/_lib/stream.ts";
import { getLive } from "#core/usage/get-live.ts";

export const GET = stream(getLive, { as: "member", everyMs: 1000 });
