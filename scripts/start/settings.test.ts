import { mkdtempSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it } from "vitest";
import { prepareDataDir, readSettings } from "./settings.mjs";

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

it("asks where the web app is before other machines reach the gate, whose refusals lead there", () => {
  expect(() => readSettings("/project", "start", { GATE_HOST: "0.0.0.0" })).toThrow(/PUBLIC_URL is required/);
  const given = { GATE_HOST: "0.0.0.0", PUBLIC_URL: "https://access.example.com" };
  expect(readSettings("/project", "start", given).publicUrl).toBe("https://access.example.com");
});

it("makes the data folder with those above it, and says which one cannot be used instead of trying for ever", () => {
  const folder = mkdtempSync(join(tmpdir(), "gatehouse-settings-"));
  try {
    const dataDir = join(folder, "a", "b");
    prepareDataDir({ dataDir });
    prepareDataDir({ dataDir });
    expect(statSync(dataDir).mode & 0o777).toBe(0o711);
    writeFileSync(join(folder, "file"), "");
    expect(() => prepareDataDir({ dataDir: join(folder, "file") })).toThrow(/DATA_DIR is .*file.*ENOTDIR/);
    expect(() => prepareDataDir({ dataDir: join(folder, "file", "below") })).toThrow(/DATA_DIR is .*below.*ENOTDIR/);
  } finally {
    rmSync(folder, { recursive: true });
  }
});

it.runIf(process.platform === "linux")("stops where no folder can be made", () => {
  expect(() => prepareDataDir({ dataDir: "/proc/gatehouse/data" })).toThrow(/DATA_DIR is \/proc\/gatehouse\/data/);
});
