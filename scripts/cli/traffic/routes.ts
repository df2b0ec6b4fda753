import { sampleEndpoints } from "#core/provider/sample-provider.ts";

/** Surface, method and path pattern of an endpoint of the sample provider. */
export function routeOf(name: string) {
  const found = sampleEndpoints.find((one) => one.name === name);
  if (!found) throw new Error(`The sample provider has no endpoint ${name}.`);
  return found;
}
