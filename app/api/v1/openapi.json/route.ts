import { document } from "#app/_lib/document.ts";
import { openapi } from "#core/api/openapi.ts";

export const GET = document(openapi);
