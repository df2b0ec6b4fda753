import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe } from "vitest";
import { optionalParts } from "../../../scripts/test/optional.mjs";
import { pageBlock, pageKey } from "./testing-gateway.ts";
import { tellGatewayStory } from "./testing-gateway-story.ts";

const { haproxy } = optionalParts();

/** The files of docs/gateways/haproxy.md, asked as a client asks. Left out where there is no HAProxy. */
describe.skipIf(haproxy === null)("a real HAProxy in front of an API", () => {
  tellGatewayStory(async (desk) => {
    const script = join(desk.folder, "gate.lua");
    writeFileSync(script, pageBlock("haproxy", "lua").replace("127.0.0.1:3001", `127.0.0.1:${desk.gatePort}`));
    const page = pageBlock("haproxy", "haproxy")
      .replace("/etc/haproxy/gate.lua", script)
      .replace("127.0.0.1:8080", `127.0.0.1:${desk.apiPort}`)
      .replace("bind :80", `bind 127.0.0.1:${desk.port}`);
    const file = join(desk.folder, "haproxy.cfg");
    writeFileSync(file, page);
    await desk.start(haproxy ?? "haproxy", ["-db", "-f", file], { GATE_KEY: pageKey });
  }, 3);
});
