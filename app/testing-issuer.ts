import { eq } from "drizzle-orm";
import type { Ctx } from "#core/frame/context.ts";
import { startOidcProvider, testClient } from "#core/single-sign-on/testing-oidc-provider.ts";
import { user } from "#db/schema/auth.ts";
import { userIdOf } from "./testing-world.ts";

/** For tests only: what the stories about single sign-on need. */

let running: ReturnType<typeof startOidcProvider> | undefined;

/** A real issuer on this machine, with all that adding it takes. */
export async function issuerSettings() {
  process.env.SSO_ALLOWED_NETWORKS = "127.0.0.0/8";
  running ??= startOidcProvider().then((issuer) => {
    issuer.registerClient({ callbackUrl: "http://localhost/none", logoutUrl: "http://localhost/none" });
    return issuer;
  });
  const { issuer } = await running;
  return { name: "Test ID", issuer, audience: "staff" as const, ...testClient };
}

/** An admin with password and second step. */
export async function aSpareAdmin(admin: Ctx): Promise<string> {
  const userId = userIdOf(admin);
  await admin.db.update(user).set({ passwordHash: "hash", totpSince: admin.now }).where(eq(user.id, userId));
  return userId;
}
