import "server-only";
import { clientAddress } from "#app/_server/client-address.ts";
import { handle } from "#core/api/handle.ts";
import { publicUrl } from "#core/runtime/env.ts";
import { logger } from "#core/runtime/log.ts";
import { database } from "./database.ts";

const log = logger("api");

/** A door for programs: a bearer token makes the actor, a session is not looked at. All else is in core/api. */
export function api(handler: typeof handle = handle, base = "/api/v1") {
  return (request: Request): Promise<Response> =>
    handler({ db: database().db, log, publicUrl: publicUrl() }, request, {
      path: new URL(request.url).pathname.slice(base.length),
      ip: clientAddress(request.headers),
      requestId: request.headers.get("x-request-id") ?? crypto.randomUUID(),
      now: new Date(),
    });
}
