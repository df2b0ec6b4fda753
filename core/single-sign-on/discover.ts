import { createRemoteJWKSet, type JWTVerifyGetKey, customFetch as joseFetch } from "jose";
import * as client from "openid-client";
import { unseal } from "../auth/seal.ts";
import { Turns } from "../frame/turns.ts";
import { minuteMs } from "../rules/time.ts";
import { IssuerAway, issuerFetch } from "./issuer-fetch.ts";

export const secretPurpose = "issuer secret";

/** An issuer as it was configured. */
export type Configured = {
  id: string;
  version: number;
  issuer: string;
  clientId: string;
  clientSecretSealed: string;
};

export type Discovered = { client: client.Configuration; keys: JWTVerifyGetKey };

const keptForMs = 10 * minuteMs;
const kept = new Map<string, { version: number; until: number; found: Discovered }>();
/** An issuer that hangs holds these places, and no more. */
const asking = new Turns({ most: 8, mostWaiting: 100, what: "sign-ins" });

/** What an issuer says about itself, asked every ten minutes. Throws `IssuerAway`, or what is wrong with its document. */
export async function discover(provider: Configured, now: Date): Promise<Discovered> {
  const known = kept.get(provider.id);
  if (known && known.version === provider.version && known.until > now.getTime()) return known.found;
  const secret = unseal(secretPurpose, provider.id, provider.clientSecretSealed);
  const found = await discoverAt(provider.issuer, provider.clientId, secret);
  kept.set(provider.id, { version: provider.version, until: now.getTime() + keptForMs, found });
  return found;
}

async function discoverAt(issuer: string, clientId: string, secret: string): Promise<Discovered> {
  const isPlain = issuer.startsWith("http:");
  const found = await asking.take(() =>
    client.discovery(new URL(issuer), clientId, undefined, undefined, {
      [client.customFetch]: issuerFetch,
      timeout: 10,
      // The guard lets http out only into networks that the operator allows.
      ...(isPlain ? { execute: [client.allowInsecureRequests] } : {}),
    }),
  );
  const server = found.serverMetadata();
  for (const address of [server.authorization_endpoint, server.token_endpoint, server.jwks_uri]) {
    if (!address || !URL.canParse(address)) throw new Error("The issuer's document names no address for signing in.");
    const { protocol } = new URL(address);
    if (protocol !== "https:" && !(isPlain && protocol === "http:"))
      throw new Error("The issuer's document names an address without https.");
  }
  const methods = server.token_endpoint_auth_methods_supported;
  const isBasic = methods === undefined || methods.includes("client_secret_basic");
  const authentication = isBasic ? client.ClientSecretBasic(secret) : client.ClientSecretPost(secret);
  const configured = new client.Configuration(server, clientId, { client_secret: secret }, authentication);
  configured[client.customFetch] = issuerFetch;
  configured.timeout = 10;
  if (isPlain) client.allowInsecureRequests(configured);
  // Signatures are checked although the token comes over TLS: a proxy in between is no issuer.
  client.enableNonRepudiationChecks(configured);
  const keys = createRemoteJWKSet(new URL(server.jwks_uri ?? ""), { [joseFetch]: issuerFetch });
  return { client: configured, keys };
}

/** Whether something went wrong because the issuer was not there, and not because of what it said. */
export function isAway(error: unknown): boolean {
  if (error instanceof IssuerAway) return true;
  if (!(error instanceof Error)) return false;
  return error.name === "TimeoutError" || ("code" in error && error.code === "OAUTH_TIMEOUT") || isAway(error.cause);
}
