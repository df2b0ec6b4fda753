import { randomBytes } from "node:crypto";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, describe, expect, it } from "vitest";
import { requireSmallScripts, scriptSizes } from "./script-sizes.mjs";

let folder = "";

function built(chunks: Record<string, Buffer>, routes: Record<string, string[]>) {
  folder = mkdtempSync(join(tmpdir(), "gatehouse-sizes-"));
  mkdirSync(join(folder, ".next", "diagnostics"), { recursive: true });
  for (const [name, bytes] of Object.entries(chunks)) writeFileSync(join(folder, ".next", name), bytes);
  const stats = Object.entries(routes).map(([route, names]) => ({
    route,
    firstLoadChunkPaths: names.map((name) => `.next/${name}`),
  }));
  writeFileSync(join(folder, ".next", "diagnostics", "route-bundle-stats.json"), JSON.stringify(stats));
  return folder;
}

describe("the bound on the scripts of a page", () => {
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  // Random bytes do not compress, so that their gzipped size is known.
  const chunks = { "shared.js": randomBytes(60_000), "chart.js": randomBytes(50_000), "form.js": randomBytes(1_000) };

  it("names the pages above it and no others", () => {
    const project = built(chunks, { "/usage": ["shared.js", "chart.js"], "/limits": ["shared.js", "form.js"] });
    expect(() => requireSmallScripts(project, () => 100_000)).toThrow(/\/usage: 111 kB/);
    expect(() => requireSmallScripts(project, () => 100_000)).not.toThrow(/\/limits/);
    expect(() => requireSmallScripts(project, () => 120_000)).not.toThrow();
  });

  it("counts what is sent, and that is compressed", () => {
    const project = built({ "text.js": Buffer.alloc(500_000, "a") }, { "/": ["text.js"] });
    expect(scriptSizes(project)[0]?.bytes).toBeLessThan(2_000);
  });

  it("does not pass a build that it knows nothing of", () => {
    expect(() => requireSmallScripts(built({}, {}))).toThrow(/names no route/);
    rmSync(join(folder, ".next"), { recursive: true });
    expect(() => requireSmallScripts(folder)).toThrow(/is not known/);
  });
});
