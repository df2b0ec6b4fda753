import { CachedAccount } from "../state/account-cache.ts";
import { ScopeSets } from "../state/scope-sets.ts";
import { CachedToken } from "../state/token-cache.ts";

/** A token in good standing, as a gate keeps it, of an account without actions, overrides and networks of its own. */
export function cachedToken({
  scopes = [],
  externalId = null,
}: {
  scopes?: string[];
  externalId?: string | null;
} = {}) {
  const account = new CachedAccount("a1", {
    id: "a1",
    externalId,
    planId: 1,
    closedAtMs: null,
    allowedNetworks: [],
    standingVersion: 1,
    actions: [],
    overrides: [],
  });
  const never = { expiresAtMs: null, pausedAtMs: null, revokedAtMs: null, secretRetiresAtMs: null, secretId: null };
  const row = { hashHex: "h1", id: "t1", accountId: "a1", scopes, allowedNetworks: [], ...never };
  return new CachedToken({ ...row, capPerDay: null, capPerMinute: null }, account, new ScopeSets().of(scopes));
}
