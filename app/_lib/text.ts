import "server-only";
import { connection } from "next/server";

/** A plain text document, written anew for every reader. */
export function text(write: (now: Date) => string) {
  return async (): Promise<Response> => {
    await connection();
    return new Response(write(new Date()), { headers: { "content-type": "text/plain; charset=utf-8" } });
  };
}
