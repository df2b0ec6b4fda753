import { type Surface, surfaces } from "../../rules/vocabulary.ts";
import type { Gate } from "../decision/gate.ts";
import { asciiJson } from "../state/ascii-json.ts";
import type { CachedToken } from "../state/token-cache.ts";
import type { Call } from "./call.ts";
import { callProblem, unavailableProblem } from "./problem.ts";
import { formCall, readCall } from "./read-call.ts";
import { sendJson, sendProblem } from "./respond.ts";

const inactive = '{"active":false}';

/**
 * `POST /v1/introspect`, RFC 7662: whether a token may be used now. One that may not, for whatever reason, answers exactly
 * `{"active":false}`. Nothing is spent or recorded. `?surface=smtp` asks for another surface than http, and a form field `ip`
 * names the client, without which a token with an allow-list is not active.
 */
export function introspect(gate: Gate, maxStaleSeconds: number, call: Call): void {
  const { target } = call;
  const query = new URLSearchParams(target.includes("?") ? target.slice(target.indexOf("?") + 1) : "");
  const surface = surfaces.find((one) => one === (query.get("surface") ?? "http"));
  if (!surface) {
    const detail = `'surface' must be one of ${surfaces.join(", ")}.`;
    sendProblem(call, callProblem(400, "invalid_field", "Invalid call", detail));
    return;
  }
  readCall(formCall, call, (body) => {
    const form = new URLSearchParams(body);
    const tokens = form.getAll("token");
    const [token] = tokens;
    if (token === undefined || tokens.length > 1) {
      const detail = "Send exactly one form field 'token'.";
      sendProblem(call, callProblem(400, "invalid_field", "Invalid call", detail));
      return;
    }
    void answer(gate, maxStaleSeconds, { token, surface, ip: form.get("ip") }, call);
  });
}

async function answer(
  gate: Gate,
  maxStaleSeconds: number,
  asked: { token: string; surface: Surface; ip: string | null },
  call: Call,
): Promise<void> {
  const found = await gate.inspect(asked);
  if (found !== null && "code" in found) {
    sendProblem(call, unavailableProblem(found.code), ["Retry-After", "1"]);
  } else sendJson(call, found === null ? inactive : activeJson(found.token, found.atMs, maxStaleSeconds));
}

/** `exp` is where whoever keeps the answer must stop: no later than a gate itself would trust what it knows. */
function activeJson(token: CachedToken, nowMs: number, maxStaleSeconds: number): string {
  const { expiresAtMs, secretRetiresAtMs } = token;
  const { id, externalId } = token.account;
  const endMs = Math.min(nowMs + maxStaleSeconds * 1000, expiresAtMs ?? Infinity, secretRetiresAtMs ?? Infinity);
  return asciiJson({
    active: true,
    scope: token.scopeSet.spaced,
    client_id: token.id,
    username: token.id,
    token_type: "Bearer",
    sub: id,
    ...(externalId === null ? {} : { account_external_id: externalId.text }),
    exp: Math.floor(endMs / 1000),
  });
}
