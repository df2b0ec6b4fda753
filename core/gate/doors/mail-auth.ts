import type { IncomingHttpHeaders } from "node:http";
import { isIP } from "node:net";
import * as words from "#words/words.ts";
import { statusOf } from "../../rules/limits/check-order.ts";
import { isAllowed, isUnavailable, type Outcome } from "../decision/decision.ts";
import type { Gate } from "../decision/gate.ts";
import type { Caller } from "../state/callers.ts";
import type { Call } from "./call.ts";
import { noStore } from "./respond.ts";

/** Where nginx is to go on with the session. */
type MailServer = { address: string; port: string };

/**
 * `GET /mail-auth`, nginx's `auth_http`: SMTP AUTH with the token as password; the user name is whatever the client likes. nginx
 * says in `X-Mail-Server` and `X-Mail-Port` where an allowed session goes. Always 200: nginx ignores the status. The session
 * goes on under the token's id, so that a policy service behind it knows whose it is.
 */
export function mailAuth(gate: Gate, caller: Caller, call: Call): void {
  call.ignoreBody();
  const { headers } = call;
  const server = serverOf(headers);
  if (server === null) {
    refuse(call, "451 4.3.5", "The mail gateway does not say where sessions go: set X-Mail-Server and X-Mail-Port.");
  } else if (one(headers["auth-protocol"]) !== "smtp" || one(headers["auth-method"]) !== "plain") {
    // With CRAM-MD5 and the like the token never arrives, and only its hash is known.
    refuse(call, "504 5.5.4", "Only SMTP with AUTH PLAIN or LOGIN is taken, with the token as password.");
  } else {
    const check = {
      token: decoded(one(headers["auth-pass"])),
      tokenKey: null,
      surface: "smtp",
      endpointName: one(headers["x-gate-endpoint"]) || null,
      method: "AUTH",
      uri: "/",
      ip: one(headers["client-ip"]) || null,
      userAgent: null,
      scope: null,
      cost: 1,
      recipients: null,
      isProbe: false,
      requestId: null,
      caller: caller.id,
    } as const;
    gate.check(check, { send: (outcome) => answer(call, server, outcome) });
  }
}

function answer(call: Call, server: MailServer, outcome: Outcome): void {
  if (isUnavailable(outcome)) refuse(call, "451 4.3.0", words.gateUnavailable(outcome.code));
  else if (isAllowed(outcome)) {
    const user = outcome.tokenId === null ? [] : ["Auth-User", outcome.tokenId];
    reply(call, ["Auth-Status", "OK", "Auth-Server", server.address, "Auth-Port", server.port, ...user]);
  } else {
    const isLimit = statusOf[outcome.code] === 429;
    const receipt = outcome.receipt === null ? "" : ` Receipt ${outcome.receipt}`;
    refuse(call, isLimit ? "451 4.7.0" : "535 5.7.8", `${words.gateRefusal(outcome)}${receipt}`);
  }
}

/** Without `Auth-Wait`: nginx gives the answer and closes the connection. */
function refuse(call: Call, code: string, text: string): void {
  reply(call, ["Auth-Status", mailText(text), "Auth-Error-Code", code]);
}

function reply(call: Call, headers: string[]): void {
  call.answer(200, [...noStore, ...headers], "");
}

/** One line of printable ASCII, as an SMTP reply can hold it. */
export function mailText(text: string): string {
  return text.replace(/[^\x20-\x7e]+/g, " ").slice(0, 400);
}

function serverOf(headers: IncomingHttpHeaders): MailServer | null {
  const address = one(headers["x-mail-server"]);
  const port = one(headers["x-mail-port"]);
  return isIP(address) !== 0 && /^\d{1,5}$/.test(port) ? { address, port } : null;
}

function one(value: string | string[] | undefined): string {
  return typeof value === "string" ? value : "";
}

/** nginx writes space, `%` and control bytes as `%XX`. */
function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
