import { createConfig, lintFromString } from "@redocly/openapi-core";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { wholeInput } from "../frame/whole-input.ts";
import { openapi } from "./openapi.ts";
import { operations } from "./operations.ts";

const made = openapi("https://desk.acme.test", "1.0.0");

describe("the OpenAPI document", () => {
  it("is free of findings by Redocly's recommended rules", async () => {
    const config = await createConfig({ extends: ["recommended"] });
    const problems = await lintFromString({ source: JSON.stringify(made), absoluteRef: "openapi.json", config });
    // Redocly looks at braces only: `by-external-id` is no account id, and the piece without braces goes first (find-operation.test.ts).
    const isTold = (message: string) => message.includes("`/staff/accounts/by-external-id/{externalId}` and");
    const others = problems.filter(({ ruleId, message }) => ruleId !== "no-ambiguous-paths" || !isTold(message));
    expect(
      others.map(({ ruleId, message, location }) => `${ruleId}: ${message} ${location[0]?.pointer ?? ""}`),
    ).toEqual([]);
  });

  it("names every call once, with an example that has the published shape", () => {
    const ids = operations.map((one) => one.id);
    expect(new Set(ids).size).toBe(ids.length);
    const addresses = operations.map((one) => `${one.method} ${one.path}`);
    expect(new Set(addresses).size).toBe(addresses.length);
    for (const { id, output, example, useCase, path, fixed } of operations) {
      if (output) expect(output.safeParse(example.output).error?.issues ?? [], id).toEqual([]);
      // Ids are UUIDs, but those of plans and endpoints of the API are numbers.
      const inputs = [crypto.randomUUID(), "7"].map((value) => {
        const inPath = Object.fromEntries([...path.matchAll(/\{(\w+)\}/g)].map((match) => [match[1], value]));
        return useCase.input.safeParse({ ...inPath, ...example.input, ...fixed });
      });
      const input = inputs.find((one) => one.success) ?? inputs[0];
      expect(input?.error?.issues ?? [], `${id}: its example is taken`).toEqual([]);
    }
  });

  it("lets no PUT leave a field to a default, which would take off what a caller has not named", () => {
    // Creates or updates: there what is left out stays as it is.
    const others = operations.filter((one) => one.method === "PUT" && one.id !== "staff.accounts.provision");
    expect(others.length).toBeGreaterThan(10);
    for (const { id, useCase, isReplacing } of others) {
      const schema = isReplacing ? wholeInput(useCase) : useCase.input;
      const missed = new Set(schema.safeParse({}).error?.issues.map((issue) => issue.path[0]));
      const fields = Object.keys(schema instanceof z.ZodObject ? schema.shape : {}).filter(
        (name) => name !== "version" && name !== "clientSecret",
      );
      expect([id, fields.filter((name) => !missed.has(name))]).toEqual([id, []]);
    }
  });

  it("keeps no example that would pass for a real secret", () => {
    expect(JSON.stringify(made)).not.toMatch(/gth[sg]?_[0-9A-Za-z]{38}/);
  });
});
