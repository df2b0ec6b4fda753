import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { optionalParts } from "../../../scripts/test/optional.mjs";
import { pageBlock, pageKey } from "./testing-gateway.ts";
import { writeNginx } from "./testing-pages.ts";

/** Where a gateway that runs from its page listens, asks and passes on, and where its files may lie. */
export type Place = { folder: string; port: number; gatePort: number; apiPort: number };

type Started = { args: string[]; env: Record<string, string> };

const { caddy, haproxy, nginx } = optionalParts();

/** The gateways that are installed here can run from what docs/gateways publishes. `program` null = it is not here. */
export const gatewayPages = {
  caddy: { program: caddy, start: startCaddy },
  haproxy: { program: haproxy, start: startHaproxy },
  nginx: { program: nginx, start: (place: Place) => startNginx(place) },
} satisfies Record<string, { program: string | null; start: (place: Place) => Started }>;

function startCaddy({ folder, port, gatePort, apiPort }: Place): Started {
  const page = pageBlock("caddy", "caddyfile")
    .replace("127.0.0.1:3001", `127.0.0.1:${gatePort}`)
    .replace("127.0.0.1:8080", `127.0.0.1:${apiPort}`)
    .replace(/^:80 /m, `http://127.0.0.1:${port} `);
  const file = join(folder, "Caddyfile");
  writeFileSync(file, `{\n\tadmin off\n\tauto_https off\n}\n${page}`);
  const home = { XDG_DATA_HOME: folder, XDG_CONFIG_HOME: folder };
  return { args: ["run", "--config", file, "--adapter", "caddyfile"], env: { ...home, GATE_KEY: pageKey } };
}

function startHaproxy({ folder, port, gatePort, apiPort }: Place): Started {
  const script = join(folder, "gate.lua");
  writeFileSync(script, pageBlock("haproxy", "lua").replace("127.0.0.1:3001", `127.0.0.1:${gatePort}`));
  const page = pageBlock("haproxy", "haproxy")
    .replace("/etc/haproxy/gate.lua", script)
    .replace("127.0.0.1:8080", `127.0.0.1:${apiPort}`)
    .replace("bind :80", `bind 127.0.0.1:${port}`);
  const file = join(folder, "haproxy.cfg");
  writeFileSync(file, page);
  return { args: ["-db", "-f", file], env: { GATE_KEY: pageKey } };
}

/** With the page's answer to browsers' preflights, which is only for APIs that browsers call, if asked. */
export function startNginx({ folder, port, gatePort, apiPort }: Place, answersPreflight = false): Started {
  const preflight = answersPreflight ? pageBlock("nginx", "nginx", 1) : "";
  const server = pageBlock("nginx", "nginx")
    .replace("auth_request /_gate;", `${preflight} auth_request /_gate;`)
    .replace("127.0.0.1:3001", `127.0.0.1:${gatePort}`)
    .replace("127.0.0.1:8080", `127.0.0.1:${apiPort}`)
    .replace("listen 80;", `listen 127.0.0.1:${port};`);
  return { args: writeNginx(folder, server), env: {} };
}
