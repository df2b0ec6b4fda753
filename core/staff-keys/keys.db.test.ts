import { afterAll, beforeAll, expect, it } from "vitest";
import { type TestDatabase, testDatabase } from "#db/testing.ts";
import { grantableKeyScopes } from "../frame/permissions.ts";
import { staffCtx, testNow } from "../testing.ts";
import { createKey } from "./create-key.ts";
import { listKeys } from "./list-keys.ts";

let test: TestDatabase;
beforeAll(async () => {
  test = await testDatabase();
});
afterAll(() => test.close());

const hours = (n: number) => new Date(testNow.getTime() + n * 3_600_000);

it("a personal key ends after 12 hours at the latest", async () => {
  const lead = await staffCtx(test.db, "lead");
  const personal = { name: "terminal", kind: "personal" as const, scopes: ["staff:cases:read"] };
  expect((await createKey(lead, personal)).expiresAt).toEqual(hours(12));
  expect((await createKey(lead, { ...personal, expiresAt: hours(1) })).expiresAt).toEqual(hours(1));
  await expect(createKey(lead, { ...personal, expiresAt: hours(13) })).rejects.toMatchObject({ code: "invalid" });
  expect((await createKey(lead, { name: "bot", scopes: ["staff:cases:read"] })).expiresAt).toEqual(hours(366 * 24));
  expect((await listKeys(lead, {})).map((one) => one.kind).sort()).toEqual(["automation", "personal", "personal"]);
});

it("a program cannot be given what needs a person, and no key can make keys", async () => {
  const lead = await staffCtx(test.db, "lead");
  for (const scope of ["staff:actions:approve", "staff:appeals:decide", "staff:cases:work", "staff:limits:write"]) {
    await expect(createKey(lead, { name: "bot", scopes: [scope] })).rejects.toMatchObject({ code: "invalid" });
    await createKey(lead, { name: "terminal", kind: "personal", scopes: [scope] });
  }
  expect(grantableKeyScopes(lead.actor, "personal")).not.toContain("staff:keys:write");
  await expect(createKey(lead, { name: "more", kind: "personal", scopes: ["staff:keys:write"] })).rejects.toMatchObject(
    { code: "invalid" },
  );
});
