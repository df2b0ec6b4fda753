import { describe, expect, it } from "vitest";
import { AccountCache } from "./account-cache.ts";
import type { StoredAccount, StoredToken } from "./rows.ts";
import type { GateStore } from "./store.ts";
import { TokenCache } from "./token-cache.ts";

/** A database whose answers arrive when the test lets them: what matters here is what happens in between. */
function slowStore() {
  const tokens = new Map<string, StoredToken>();
  const accounts = new Map<string, StoredAccount>();
  const waiting: { kind: "tokens" | "accounts"; arrive: () => void; fail: (error: Error) => void }[] = [];
  const reads: string[][] = [];
  const answer = <T>(kind: "tokens" | "accounts", value: T) =>
    // What a query finds is settled when it runs, not when its answer arrives.
    new Promise<T>((resolve, reject) => waiting.push({ kind, arrive: () => resolve(value), fail: reject }));
  const store: Pick<GateStore, "loadTokens" | "loadAccounts"> = {
    loadTokens: (hashes) => {
      reads.push([...hashes]);
      return answer(
        "tokens",
        hashes.flatMap((hash) => tokens.get(hash) ?? []),
      );
    },
    loadAccounts: (ids) =>
      answer(
        "accounts",
        ids.flatMap((id) => accounts.get(id) ?? []),
      ),
  };
  const turn = () => new Promise<void>((resolve) => setImmediate(() => setImmediate(resolve)));
  const next = async (act: (one: (typeof waiting)[number]) => void = (one) => one.arrive()) => {
    await turn();
    const one = waiting.shift();
    if (!one) throw new Error("Nothing is being read.");
    act(one);
    await turn();
    return one.kind;
  };
  const flush = async () => {
    for (await turn(); waiting.length > 0; await turn()) waiting.shift()?.arrive();
  };
  return { tokens, accounts, store: store as GateStore, reads, waiting, next, flush };
}

function token(hashHex: string, accountId = "a1", change: Partial<StoredToken> = {}): StoredToken {
  return {
    hashHex,
    id: `id-${hashHex}`,
    accountId,
    scopes: [],
    allowedNetworks: [],
    capPerDay: null,
    capPerMinute: null,
    expiresAtMs: null,
    pausedAtMs: null,
    revokedAtMs: null,
    secretRetiresAtMs: null,
    secretId: null,
    ...change,
  };
}

function account(id: string, standingVersion = 1): StoredAccount {
  return {
    id,
    externalId: null,
    planId: 1,
    closedAtMs: null,
    allowedNetworks: [],
    standingVersion,
    actions: [],
    overrides: [],
  };
}

function caches(limits?: { tokens: number; unknown: number }) {
  const database = slowStore();
  database.accounts.set("a1", account("a1"));
  const accounts = new AccountCache(database.store);
  return { ...database, accountCache: accounts, cache: new TokenCache(database.store, accounts, limits) };
}

describe("token cache", () => {
  it("reads all misses of one turn in one query, each once", async () => {
    const { cache, tokens, reads, flush } = caches();
    tokens.set("h1", token("h1"));
    const found = ["h1", "h1", "h2", "h1"].map((key) => cache.find(key));
    await flush();
    expect((await Promise.all(found)).map((one) => one?.id ?? null)).toEqual(["id-h1", "id-h1", null, "id-h1"]);
    expect(reads).toEqual([["h1", "h2"]]);
    expect(cache.find("h1")).toMatchObject({ id: "id-h1" });
    expect(cache.find("h2")).toBeNull();
  });

  it("does not keep what was changed while it was being read", async () => {
    const { cache, tokens, next, flush } = caches();
    tokens.set("h1", token("h1"));
    const found = cache.find("h1");
    await next((one) => {
      tokens.set("h1", token("h1", "a1", { revokedAtMs: 5 }));
      cache.drop(["h1"]);
      one.arrive();
    });
    await flush();
    expect(await found).toMatchObject({ revokedAtMs: 5 });
    expect(cache.find("h1")).toMatchObject({ revokedAtMs: 5 });
  });

  it("does not remember a token as unknown that was made while it was being looked for", async () => {
    const { cache, tokens, next, flush } = caches();
    const found = cache.find("h1");
    await next((one) => {
      tokens.set("h1", token("h1"));
      cache.drop(["h1"]);
      one.arrive();
    });
    await flush();
    expect(await found).toMatchObject({ id: "id-h1" });
  });

  it("does not rely on an account that changed while it was being read", async () => {
    const { cache, accountCache, accounts, tokens, next, flush } = caches();
    tokens.set("h1", token("h1"));
    const found = cache.find("h1");
    expect(await next()).toBe("tokens");
    await next((one) => {
      accounts.set("a1", account("a1", 2));
      void accountCache.apply("a1", 2);
      one.arrive();
    });
    await flush();
    expect((await found)?.account.standingVersion).toBe(2);
  });

  it("does not rely on it either when an older change is announced once more before it arrives", async () => {
    const { cache, accountCache, accounts, tokens, next, flush } = caches();
    tokens.set("h1", token("h1"));
    const found = cache.find("h1");
    expect(await next()).toBe("tokens");
    await next((one) => {
      accounts.set("a1", account("a1", 2));
      void accountCache.apply("a1", 2);
      void accountCache.apply("a1", 1);
      one.arrive();
    });
    await flush();
    expect((await found)?.account.standingVersion).toBe(2);
  });

  it("gives all tokens of an account the same state, changed in place, and makes decisions wait meanwhile", async () => {
    const { cache, accountCache, accounts, tokens, next, flush } = caches();
    tokens.set("h1", token("h1")).set("h2", token("h2"));
    const found = [cache.find("h1"), cache.find("h2")];
    await flush();
    const [one, two] = await Promise.all(found);
    expect(one?.account).toBe(two?.account);
    accounts.set("a1", account("a1", 7));
    const applied = accountCache.apply("a1", 7);
    expect(one?.account.reload).toBeInstanceOf(Promise);
    await next();
    await applied;
    expect(one?.account).toMatchObject({ standingVersion: 7, reload: null });
  });

  it("keeps decisions about an account waiting when its change cannot be read", async () => {
    const { cache, accountCache, tokens, next, flush } = caches();
    tokens.set("h1", token("h1"));
    const found = cache.find("h1");
    await flush();
    const { account: held } = (await found) ?? {};
    const applied = accountCache.apply("a1", 2);
    await Promise.all([expect(applied).rejects.toThrow("away"), next((one) => one.fail(new Error("away")))]);
    await expect(held?.reload).rejects.toThrow("away");
  });

  it("lets decisions go on once one of several reads has brought the newest change, though the last one fails", async () => {
    const { cache, accountCache, accounts, tokens, next, flush } = caches();
    tokens.set("h1", token("h1"));
    const found = cache.find("h1");
    await flush();
    const { account: held } = (await found) ?? {};
    const second = accountCache.apply("a1", 2);
    accounts.set("a1", account("a1", 3));
    const third = accountCache.apply("a1", 3);
    await next();
    await second;
    expect(held).toMatchObject({ standingVersion: 1, reload: expect.any(Promise) });
    const again = accountCache.apply("a1", 3);
    await Promise.all([next(), third]);
    expect(held).toMatchObject({ standingVersion: 3, reload: null });
    await Promise.all([expect(again).rejects.toThrow("away"), next((one) => one.fail(new Error("away")))]);
    await accountCache.apply("a1", 3);
    expect(held).toMatchObject({ standingVersion: 3, reload: null });
  });

  it("fails all who wait when the database is away, and asks again next time", async () => {
    const { cache, tokens, next, flush } = caches();
    tokens.set("h1", token("h1"));
    const found = [cache.find("h1"), cache.find("h1")].map((one) => Promise.resolve(one).catch(() => "failed"));
    await next((one) => one.fail(new Error("away")));
    expect(await Promise.all(found)).toEqual(["failed", "failed"]);
    const again = cache.find("h1");
    await flush();
    expect(await again).toMatchObject({ id: "id-h1" });
  });

  it("forgets what was not used lately, and with the last token its account", async () => {
    const { cache, accountCache, accounts, tokens, flush } = caches({ tokens: 2, unknown: 2 });
    for (const n of [1, 2, 3]) {
      accounts.set(`a${n}`, account(`a${n}`));
      tokens.set(`h${n}`, token(`h${n}`, `a${n}`));
    }
    for (const key of ["h1", "h2"]) {
      const found = cache.find(key);
      await flush();
      await found;
    }
    void cache.find("h1");
    const third = cache.find("h3");
    await flush();
    await third;
    expect(cache.size).toBe(2);
    expect(cache.peek("h1")).toBeDefined();
    expect(cache.peek("h2")).toBeUndefined();
    expect(accountCache.size).toBe(2);
    cache.clear();
    expect([cache.size, accountCache.size]).toEqual([0, 0]);
  });

  it("cannot be emptied of tokens by guessing", async () => {
    const { cache, tokens, flush } = caches({ tokens: 2, unknown: 3 });
    tokens.set("h1", token("h1"));
    const found = cache.find("h1");
    await flush();
    await found;
    const guesses = Array.from({ length: 50 }, (_, i) => cache.find(`guess-${i}`));
    await flush();
    await Promise.all(guesses);
    expect(cache.unknownSize).toBe(3);
    expect(cache.peek("h1")).toMatchObject({ id: "id-h1" });
  });
});
