import { createServer, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { exportJWK, generateKeyPair, type JWTPayload, SignJWT, UnsecuredJWT } from "jose";
import { testClient } from "./testing-oidc-provider.ts";

/** For tests only: an issuer that says what the test wants. */

type Keys = Awaited<ReturnType<typeof generateKeyPair>>;

export type Lie = {
  /** Replaces claims of an honest ID token; undefined removes one. */
  claims?: JWTPayload;
  /** How the token is signed. */
  signed?: "with another key" | "with the client's secret" | "not at all";
  userInfo?: Record<string, unknown>;
  /** What its token endpoint does instead of answering. */
  answers?: (response: ServerResponse) => void;
};

export async function startHostileIssuer() {
  const [own, other]: [Keys, Keys] = [await generateKeyPair("RS256"), await generateKeyPair("RS256")];
  let lie: Lie = {};
  let nonce = "";
  let document: Record<string, unknown> = {};
  const asked: { path: string; body: URLSearchParams }[] = [];
  const server = createServer((request, response) => {
    let body = "";
    request.on("data", (part) => (body += part));
    request.on("end", () => void answer(request.url ?? "", new URLSearchParams(body), response));
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

  async function idToken(): Promise<string> {
    const seconds = Math.floor(Date.now() / 1_000);
    const claims = {
      ...{ iss: issuer, sub: "honest", aud: testClient.clientId, iat: seconds, exp: seconds + 300, nonce },
      ...lie.claims,
    };
    if (lie.signed === "not at all") return new UnsecuredJWT(claims).encode();
    if (lie.signed === "with the client's secret")
      return new SignJWT(claims).setProtectedHeader({ alg: "HS256" }).sign(Buffer.from(testClient.clientSecret));
    const key = lie.signed === "with another key" ? other : own;
    return new SignJWT(claims).setProtectedHeader({ alg: "RS256", kid: "own" }).sign(key.privateKey);
  }

  async function answer(path: string, body: URLSearchParams, response: ServerResponse): Promise<void> {
    asked.push({ path, body });
    const send = (value: unknown) => response.setHeader("content-type", "application/json").end(JSON.stringify(value));
    if (path === "/.well-known/openid-configuration")
      return void send({
        ...{ issuer, authorization_endpoint: `${issuer}/auth`, token_endpoint: `${issuer}/token` },
        ...{ jwks_uri: `${issuer}/jwks`, userinfo_endpoint: `${issuer}/userinfo` },
        ...{ response_types_supported: ["code"], subject_types_supported: ["public"] },
        ...{ id_token_signing_alg_values_supported: ["RS256"], ...document },
      });
    if (path === "/jwks")
      return void send({ keys: [{ ...(await exportJWK(own.publicKey)), kid: "own", alg: "RS256" }] });
    if (path === "/userinfo") return void send({ sub: "honest", ...lie.userInfo });
    if (lie.answers) return lie.answers(response);
    send({ access_token: "access", token_type: "Bearer", expires_in: 60, id_token: await idToken() });
  }

  return {
    issuer,
    asked,
    /** What it says from now on: of itself, and to whoever redeems a code. */
    say(next: Lie, itself: Record<string, unknown> = {}) {
      lie = next;
      document = itself;
      asked.length = 0;
    },
    /** The browser comes back with this, having been sent to `address`. */
    sendBack(address: string, more: Record<string, string> = {}): string {
      const sent = new URL(address).searchParams;
      nonce = sent.get("nonce") ?? "";
      return `?${new URLSearchParams({ code: "code", state: sent.get("state") ?? "", ...more })}`;
    },
    close: () => new Promise((done) => server.close(done).closeAllConnections()),
  };
}
