import { api } from "#app/_lib/api.ts";
import { scanningDoor } from "#app/_lib/scanning-door.ts";

export const POST = api(scanningDoor);
