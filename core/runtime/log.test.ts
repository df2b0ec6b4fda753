import { DrizzleQueryError } from "drizzle-orm";
import { pino } from "pino";
import { describe, expect, it } from "vitest";
import { describeError, logger } from "./log.ts";

/** The line that the logger writes for these fields. */
function written(fields: Record<string, unknown>): string {
  const lines: string[] = [];
  const log = logger("test");
  const symbol = pino.symbols.streamSym;
  Object.defineProperty(log, symbol, { value: { write: (line: string) => lines.push(line) } });
  log.level = "info";
  log.info(fields, "message");
  return lines.join("");
}

describe("a log line", () => {
  it.each([
    { password: "hunter2" },
    { input: { secret: "hunter2" } },
    { request: { headers: { authorization: "hunter2" } } },
    { request: { headers: { "x-gate-key": "hunter2" } } },
  ])("does not hold the secret in %j", (fields) => {
    const line = written(fields);
    expect(line).toContain('"msg":"message"');
    expect(line).not.toContain("hunter2");
  });

  it("keeps what is not secret", () => {
    expect(written({ account: "acme" })).toContain('"account":"acme"');
  });
});

describe("an error in the log", () => {
  it("loses the parameters of a failed query but keeps its cause and place", () => {
    const error = new DrizzleQueryError("insert into t values ($1)", ["hunter2"], new Error("duplicate key"));
    const text = JSON.stringify(describeError(error));
    expect(text).toContain("insert into t");
    expect(text).toContain("duplicate key");
    expect(text).toContain("log.test.ts");
    expect(text).not.toContain("hunter2");
  });
});
