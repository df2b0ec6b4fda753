import "server-only";

/** Sends the browser on to a page of Gatehouse. */
export function redirectTo(path: string) {
  return (): Response => new Response(null, { status: 302, headers: { location: path } });
}
