import { createServer, type Server, type Socket } from "node:net";
import * as words from "#words/words.ts";
import { statusOf } from "../../rules/limits/check-order.ts";
import { isLoopback } from "../../rules/networks.ts";
import { uuidPattern } from "../../rules/uuid.ts";
import { isAllowed, isUnavailable, type Outcome } from "../decision/decision.ts";
import type { Gate } from "../decision/gate.ts";
import { callerOfSecret } from "../state/callers.ts";
import { mailText } from "./mail-auth.ts";
import { type PolicyQuestion, PolicyReader } from "./policy-protocol.ts";

export type PolicyOptions = {
  gate: Gate;
  /** The hash (hex) of a token's live secret; null = there is no such token. Rejects when the database is away. */
  findTokenHash: (tokenId: string) => Promise<string | null>;
};

const goOn = "DUNNO";
const maxKept = 100_000;

/**
 * Postfix's policy delegation. At each recipient the request is decided and counted like any other, so that a session that is
 * already open ends when its account is suspended; at the end of a message it is only looked at again. Who sends is the token's
 * id in `sasl_username`. A gateway credential travels as `policy_context`.
 */
export function policyListener(options: PolicyOptions): Server & { end: () => void } {
  const open = new Set<Socket>();
  const hashes = new Map<string, string>();
  const server = createServer((socket) => {
    open.add(socket);
    socket.on("close", () => open.delete(socket));
    socket.setNoDelay(true);
    socket.setEncoding("latin1");
    socket.on("error", () => socket.destroy());
    const reader = new PolicyReader();
    // One after the other: the protocol answers in order.
    let last = Promise.resolve();
    socket.on("data", (piece: string) => {
      const questions = reader.read(piece);
      if (questions === null) {
        socket.destroy();
        return;
      }
      for (const question of questions) {
        last = last.then(async () => {
          const action = await decideMail(options, hashes, socket, question).catch(() => temporary);
          if (!socket.destroyed) socket.write(`action=${action}\n\n`);
        });
      }
    });
  });
  server.maxConnections = 1_000;
  // Postfix keeps its connections: one that stayed open would be answered by a gate that has closed its journal.
  const end = () => {
    server.close();
    for (const socket of open) socket.destroy();
  };
  return Object.assign(server, { end });
}

const temporary = "451 4.3.5 The access check cannot decide at present. Try again in a few seconds.";

async function decideMail(
  { gate, findTokenHash }: PolicyOptions,
  hashes: Map<string, string>,
  socket: Socket,
  question: PolicyQuestion,
): Promise<string> {
  const callers = gate.provider?.callers;
  if (!callers) return temporary;
  const isLocal = isLoopback(socket.remoteAddress ?? "");
  const caller = callerOfSecret(callers, question.get("policy_context") ?? "", isLocal);
  if (caller === null) return "451 4.3.5 The mail server has no valid gateway credential.";
  const user = question.get("sasl_username") ?? "";
  // Nobody has signed in: what happens then is not ours to say.
  if (user === "") return goOn;
  const tokenKey = uuidPattern.test(user) ? await hashOf(user, findTokenHash, hashes) : null;
  if (tokenKey === null) return "554 5.7.1 This user name is no token. Sign in with the token's id.";
  const isRecipient = question.get("protocol_state") === "RCPT";
  const requestId = `${question.get("instance") ?? ""}/${question.get("recipient") ?? ""}`;
  const outcome = await new Promise<Outcome>((send) => {
    const request = {
      token: "",
      tokenKey,
      surface: "smtp",
      endpointName: null,
      method: "RCPT",
      uri: "/",
      ip: question.get("client_address") || null,
      userAgent: question.get("helo_name") || null,
      scope: null,
      cost: 1,
      recipients: null,
      isProbe: !isRecipient,
      requestId: requestId.length > 1 && requestId.length <= 128 ? requestId : null,
      caller: caller.id,
    } as const;
    gate.check(request, { send });
  });
  return actionOf(outcome, isRecipient);
}

/** Not 521, which would close the session before the client has read why. What is over a limit may come again. */
function actionOf(outcome: Outcome, isRecipient: boolean): string {
  if (isUnavailable(outcome)) return `451 4.3.5 ${words.gateUnavailable(outcome.code)}`;
  if (isAllowed(outcome)) return goOn;
  const isLimit = statusOf[outcome.code] === 429;
  // At the end of a message its recipients have been counted already.
  if (isLimit && !isRecipient) return goOn;
  const receipt = outcome.receipt === null ? "" : ` Receipt ${outcome.receipt}`;
  return `${isLimit ? "451 4.7.1" : "554 5.7.1"} ${mailText(words.gateRefusal(outcome) + receipt)}`;
}

/** Asked each time, since a rotated token has another; the last answer serves while the database is away. */
async function hashOf(
  tokenId: string,
  find: PolicyOptions["findTokenHash"],
  kept: Map<string, string>,
): Promise<string | null> {
  try {
    const found = await find(tokenId);
    if (kept.size >= maxKept) kept.clear();
    if (found !== null) kept.set(tokenId, found);
    return found;
  } catch (error) {
    const before = kept.get(tokenId);
    if (before === undefined) throw error;
    return before;
  }
}
