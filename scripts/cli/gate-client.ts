import { Agent, type IncomingMessage, request } from "node:http";
import { type DecisionCode, decisionCodes, type Surface } from "#core/rules/vocabulary.ts";
import { env } from "#core/runtime/env.ts";

/** Body of `POST /v1/verify`; a field that is absent is not sent. */
export type VerifyCall = {
  token: string;
  endpoint?: string;
  method?: string;
  path?: string;
  surface?: Surface;
  ip?: string;
  user_agent?: string;
  request_id?: string;
  /** Only looks: nothing is spent or counted. */
  dry_run?: boolean;
};

/** What became of one request, for `POST /v1/outcomes`. */
export type OutcomeReport = {
  id: string;
  token: string;
  kind: "status";
  status: number;
  method?: string;
  path?: string;
  ip?: string;
  user_agent?: string;
};

/** The gate gave no answer, or says itself that it cannot decide now. Worth trying again. */
export class GateAway extends Error {}

/** The gate does not take this call, however often it is sent. */
export class CallRefused extends Error {
  readonly status: number;

  constructor(status: number, detail: string) {
    super(detail);
    this.status = status;
  }
}

export type GateClient = {
  /** Resolves with the decision. Rejects with GateAway or CallRefused. */
  verify: (call: VerifyCall) => Promise<DecisionCode>;
  /** 1 to 1,000 of them. Rejects with GateAway, and may be sent again then, or CallRefused. */
  report: (outcomes: readonly OutcomeReport[]) => Promise<void>;
  isReady: () => Promise<boolean>;
  close: () => void;
};

/** Below the 10 s for which the gate remembers request ids, so that a repeated call is known as the same. */
const timeoutMs = 4_000;
const longestAnswer = 262_144;

/** `key` = a gateway credential, which the gate wants once there is one. */
export function gateClient(gateUrl: string, connections: number, key = env().GATE_KEY): GateClient {
  const agent = new Agent({ keepAlive: true, maxSockets: connections });
  const send = (method: string, path: string, body: string | null) =>
    new Promise<{ status: number; text: string }>((resolve, reject) => {
      const headers = {
        ...(key ? { Authorization: `Bearer ${key}` } : {}),
        ...(body === null ? {} : { "Content-Type": "application/json", "Content-Length": Buffer.byteLength(body) }),
      };
      const sent = request(new URL(path, gateUrl), { method, agent, headers, timeout: timeoutMs }, (response) =>
        readText(response).then((text) => resolve({ status: response.statusCode ?? 0, text }), reject),
      );
      sent.once("timeout", () => sent.destroy(new Error(`no answer within ${timeoutMs / 1000} s`)));
      sent.once("error", reject);
      sent.end(body ?? undefined);
    }).catch((error: unknown) => {
      throw new GateAway(error instanceof Error ? error.message : String(error));
    });

  return {
    verify: async (call) => {
      const { status, text } = await send("POST", "/v1/verify", JSON.stringify(call));
      if (status >= 500) throw new GateAway(`status ${status}`);
      if (status !== 200) throw new CallRefused(status, detailOf(text));
      const code = codeOf(text);
      if (code === null) throw new CallRefused(status, "What answers there is not a gate of this version.");
      return code;
    },
    report: async (outcomes) => {
      const { status, text } = await send("POST", "/v1/outcomes", JSON.stringify({ outcomes }));
      if (status >= 500) throw new GateAway(`status ${status}`);
      if (status !== 200) throw new CallRefused(status, detailOf(text));
    },
    isReady: async () => {
      const answer = await send("GET", "/readyz", null).catch(() => null);
      return answer?.status === 200;
    },
    close: () => agent.destroy(),
  };
}

function readText(response: IncomingMessage): Promise<string> {
  return new Promise((resolve, reject) => {
    let text = "";
    response.setEncoding("utf8");
    response.on("data", (part: string) => {
      text += part;
      if (text.length > longestAnswer) response.destroy(new Error("the answer is too long"));
    });
    response.once("end", () => (response.complete ? resolve(text) : reject(new Error("the answer was cut off"))));
    response.once("error", reject);
    response.once("close", () => reject(new Error("the answer was cut off")));
  });
}

function codeOf(text: string): DecisionCode | null {
  const code = field(text, "code");
  return decisionCodes.find((one) => one === code) ?? null;
}

function detailOf(text: string): string {
  const detail = field(text, "detail");
  return typeof detail === "string" ? detail : text.slice(0, 200);
}

function field(text: string, name: string): unknown {
  try {
    const parsed: unknown = JSON.parse(text);
    return typeof parsed === "object" && parsed !== null ? Reflect.get(parsed, name) : undefined;
  } catch {
    return undefined;
  }
}
