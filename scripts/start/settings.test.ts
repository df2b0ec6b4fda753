import { expect, it } from "vitest";
import { readSettings } from "./settings.mjs";

it("names the variable of a port that is none", () => {
  expect(() => readSettings("/project", "start", { GATE_PORT: "70000" })).toThrow(/GATE_PORT/);
});

it("keeps the demo, whose passwords are public, on loopback", () => {
  expect(() => readSettings("/project", "demo", { WEB_HOST: "0.0.0.0" })).toThrow(/WEB_HOST/);
  expect(readSettings("/project", "demo", {}).listeners.web.host).toBe("127.0.0.1");
});

it("gives demo and start different data directories", () => {
  expect(readSettings("/project", "start", {}).dataDir).not.toBe(readSettings("/project", "demo", {}).dataDir);
});

it("puts the web port into the public address", () => {
  expect(readSettings("/project", "start", { WEB_PORT: "8080" }).publicUrl).toBe("http://localhost:8080");
});
