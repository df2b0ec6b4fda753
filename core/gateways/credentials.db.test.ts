import { createHash } from "node:crypto";
import { eq } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { auditEvent } from "#db/schema/audit.ts";
import { gatewayCredential } from "#db/schema/gates.ts";
import { type TestDatabase, testDatabase } from "#db/testing.ts";
import type { Ctx } from "../frame/context.ts";
import { checkTokenFormat } from "../rules/tokens/token.ts";
import { staffCtx } from "../testing.ts";
import { createCredential } from "./create-credential.ts";
import { listCredentials } from "./list-credentials.ts";
import { revokeCredential } from "./revoke-credential.ts";

let test: TestDatabase;
let admin: Ctx;
beforeAll(async () => {
  test = await testDatabase();
  admin = await staffCtx(test.db, "admin");
});
afterAll(() => test.close());

describe("gateway credentials", () => {
  it("show their secret once and keep its hash alone, also in the audit", async () => {
    const made = await createCredential(admin, { name: " edge-1 " });
    expect(made).toMatchObject({ name: "edge-1" });
    expect(checkTokenFormat(made.secret)).toEqual({ ok: true, kind: "gateway" });
    const [row] = await test.db
      .select({ hash: gatewayCredential.hash, preview: gatewayCredential.preview })
      .from(gatewayCredential)
      .where(eq(gatewayCredential.id, made.id));
    expect(row?.hash.toString("hex")).toBe(createHash("sha256").update(made.secret).digest("hex"));
    expect(row?.preview).toBe(made.preview);
    const [event] = await test.db
      .select({ data: auditEvent.data })
      .from(auditEvent)
      .where(eq(auditEvent.subjectId, made.id));
    expect(event?.data).toEqual({ name: "edge-1", preview: made.preview });
    expect(JSON.stringify(await listCredentials(admin, {}))).not.toContain(made.secret);
  });

  it("end once, and are listed after the live ones", async () => {
    const made = await createCredential(admin, { name: "old" });
    await createCredential(admin, { name: "new" });
    await revokeCredential(admin, { credentialId: made.id });
    await expect(revokeCredential(admin, { credentialId: made.id })).rejects.toMatchObject({ code: "not_found" });
    const all = await listCredentials(admin, {});
    expect(all.at(-1)).toMatchObject({ id: made.id, revokedAt: admin.now });
    expect(all.filter((one) => one.revokedAt === null).map((one) => one.name)).toContain("new");
  });
});
