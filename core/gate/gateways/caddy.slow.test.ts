import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe } from "vitest";
import { optionalParts } from "../../../scripts/test/optional.mjs";
import { pageBlock, pageKey } from "./testing-gateway.ts";
import { tellGatewayStory } from "./testing-gateway-story.ts";

const { caddy } = optionalParts();

/** The configuration of docs/gateways/caddy.md, asked as a client asks. Left out where there is no Caddy. */
describe.skipIf(caddy === null)("a real Caddy in front of an API", () => {
  tellGatewayStory(async (desk) => {
    const page = pageBlock("caddy", "caddyfile")
      .replace("127.0.0.1:3001", `127.0.0.1:${desk.gatePort}`)
      .replace("127.0.0.1:8080", `127.0.0.1:${desk.apiPort}`)
      .replace(/^:80 /m, `http://127.0.0.1:${desk.port} `);
    const file = join(desk.folder, "Caddyfile");
    writeFileSync(file, `{\n\tadmin off\n\tauto_https off\n}\n${page}`);
    const home = { XDG_DATA_HOME: desk.folder, XDG_CONFIG_HOME: desk.folder };
    await desk.start(caddy ?? "caddy", ["run", "--config", file, "--adapter", "caddyfile"], {
      ...home,
      GATE_KEY: pageKey,
    });
  }, 1);
});
