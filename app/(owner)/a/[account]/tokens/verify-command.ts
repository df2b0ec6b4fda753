export type ExampleRoute = { method: string; path: string; scope: string | null };

/** A line for a shell that asks the gate about one call: the quickest way to see a token work. */
export function verifyCommand(gateUrl: string, token: string, route: ExampleRoute | null): string {
  const method = !route || route.method === "*" ? "GET" : route.method;
  const path = (route?.path ?? "/").replaceAll("/**", "/x").replaceAll(/\{[^}]*\}/g, "1");
  const body = JSON.stringify({ token, method, path });
  return `curl -s ${gateUrl.replace(/\/$/, "")}/v1/verify -H 'content-type: application/json' -d '${body}'`;
}

/** The first route that a token with these scopes may call. */
export function routeFor(scopes: readonly string[], routes: readonly ExampleRoute[]): ExampleRoute | null {
  const mayCall = (route: ExampleRoute) => route.scope === null || scopes.includes(route.scope);
  return routes.find((route) => route.scope !== null && mayCall(route)) ?? routes.find(mayCall) ?? null;
}
