import { describe } from "vitest";
import { gatewayPages } from "./testing-gateway-pages.ts";
import { tellGatewayStory } from "./testing-gateway-story.ts";

const { program, start } = gatewayPages.caddy;

/** What docs/gateways/caddy.md publishes, asked as a client asks. Left out where there is no Caddy. */
describe.skipIf(program === null)("a real Caddy in front of an API", () => {
  tellGatewayStory(async (desk) => {
    const { args, env } = start(desk);
    await desk.start(program ?? "", args, env);
  }, 1);
});
