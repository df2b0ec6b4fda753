import "server-only";
import { publicUrl } from "#core/runtime/env.ts";
import { version } from "#core/runtime/version.ts";

/** A JSON document for everybody, about this Gatehouse and not about anybody's data. */
export function document(make: (publicUrl: string, version: string) => unknown) {
  return (): Response =>
    Response.json(make(publicUrl(), version), {
      headers: { "cache-control": "public, max-age=300", "access-control-allow-origin": "*" },
    });
}
