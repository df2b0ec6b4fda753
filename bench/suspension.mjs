import { Agent, request } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";
import { loadSource } from "./build-gate.mjs";

/**
 * Suspends an account under load again and again: milliseconds from the commit to the arrival of the last answer that still let
 * a request of it through, on any of the gates. 0 = none did.
 * @param {import("postgres").Sql} sql
 * @param {{ ports: number[], secret: string, times: number }} options
 */
export async function measureSuspensions(sql, { ports, secret, times }) {
  const { seedAction, liftActions, tellGates } = await loadSource("core/gate/testing/testing.ts");
  const { createHash } = await import("node:crypto");
  const hash = createHash("sha256").update(secret).digest("hex");
  const [row] =
    await sql`select t.account_id from token t join token_secret s on s.token_id = t.id where s.hash = decode(${hash}, 'hex')`;
  const accountId = row.account_id;
  const body = JSON.stringify({ token: secret, method: "POST", path: "/v1/email" });
  const agent = new Agent({ keepAlive: true });
  let lastAllowedAt = 0;
  let allowed = 0;
  let isOver = false;
  const clients = ports.flatMap((port) => Array.from({ length: 2 }, () => port));
  const load = clients.map(async (port) => {
    while (!isOver) {
      const code = await ask(agent, port, body);
      if (code === "allowed") {
        lastAllowedAt = performance.now();
        allowed++;
      }
    }
  });
  const tell = (standingVersion) => tellGates(sql, "gate_account", { accountId, standingVersion });
  const milliseconds = [];
  for (let i = 0; i < times; i++) {
    const before = allowed;
    while (allowed < before + 50) await sleep(5);
    const version = await seedAction(sql, accountId, { type: "suspension" });
    const committedAt = performance.now();
    await tell(version);
    await sleep(200);
    milliseconds.push(Math.max(0, lastAllowedAt - committedAt));
    await tell(await liftActions(sql, accountId));
  }
  isOver = true;
  await Promise.all(load);
  agent.destroy();
  milliseconds.sort((a, b) => a - b);
  return { p50: milliseconds[times >> 1], p99: milliseconds[Math.ceil(times * 0.99) - 1] };
}

function ask(agent, port, body) {
  return new Promise((resolve) => {
    const headers = { "content-type": "application/json", "content-length": Buffer.byteLength(body) };
    const outgoing = request(
      { agent, port, host: "127.0.0.1", path: "/v1/verify", method: "POST", headers },
      (answer) => {
        let text = "";
        answer.on("data", (piece) => {
          text += piece;
        });
        answer.on("end", () => resolve(JSON.parse(text).code));
      },
    );
    outgoing.on("error", () => resolve(null));
    outgoing.end(body);
  });
}
