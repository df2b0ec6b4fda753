/** Prints the bytes of heap that each cached token takes, with its account (two tokens each). Run with --expose-gc. Argument: how many. */
import { randomBytes, randomUUID } from "node:crypto";
import { loadSource } from "./build-gate.mjs";

const count = Number(process.argv[2] ?? 200_000);
const { TokenCache } = await loadSource("core/gate/state/token-cache.ts");
const { AccountCache } = await loadSource("core/gate/state/account-cache.ts");

/** As the driver gives ids: one flat text. What randomUUID gives is put together from pieces and several times as large. */
const flatId = () => Buffer.from(randomUUID(), "latin1").toString("latin1");
let last = "";
const store = {
  loadTokens: async (hashes) =>
    hashes.map((hashHex, i) => {
      if (i % 2 === 0) last = flatId();
      const times = { expiresAtMs: null, pausedAtMs: null, revokedAtMs: null, secretRetiresAtMs: null };
      const caps = { capPerDay: null, capPerMinute: null };
      return {
        hashHex,
        id: flatId(),
        accountId: last,
        scopes: ["email:send"],
        allowedNetworks: [],
        secretId: null,
        ...times,
        ...caps,
      };
    }),
  loadAccounts: async (ids) =>
    ids.map((id) => ({
      id,
      externalId: null,
      planId: 1,
      closedAtMs: null,
      allowedNetworks: [],
      standingVersion: 0,
      actions: [],
      overrides: [],
    })),
};
const cache = new TokenCache(store, new AccountCache(store), { tokens: count + 1, unknown: 1 });
const used = () => {
  for (let i = 0; i < 3; i++) globalThis.gc?.();
  return process.memoryUsage().heapUsed;
};
const before = used();
for (let from = 0; from < count; from += 10_000) {
  await Promise.all(Array.from({ length: 10_000 }, () => cache.find(randomBytes(32).toString("hex"))));
}
console.log(Math.round((used() - before) / count));
