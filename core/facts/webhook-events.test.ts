import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";
import { isToldOf, webhookEvents } from "./webhook-events.ts";

const core = fileURLToPath(new URL("..", import.meta.url));

it("offers only events that something tells of", () => {
  const sources = readdirSync(core, { recursive: true, encoding: "utf8" })
    .filter((path) => path.endsWith(".ts") && !/test|webhook-events|^api\//.test(path))
    .map((path) => readFileSync(join(core, path), "utf8"));
  const silent = webhookEvents.filter((type) => !sources.some((text) => text.includes(`"${type}"`)));
  expect(silent).toEqual([]);
});

it("tells accounts nothing of the desk, and everybody what they chose", () => {
  expect(isToldOf("flag.opened", { isProvider: false, chosen: [] })).toBe(false);
  expect(isToldOf("flag.opened", { isProvider: true, chosen: [] })).toBe(true);
  expect(isToldOf("token.created", { isProvider: false, chosen: ["token.paused"] })).toBe(false);
  expect(isToldOf("token.paused", { isProvider: false, chosen: ["token.paused"] })).toBe(true);
});
