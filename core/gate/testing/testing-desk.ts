import { type TestDatabase, testDatabase } from "#db/testing.ts";
import {
  type SeedAction,
  type SeedToken,
  seedAccount,
  seedAction,
  seedEndpoint,
  seedPlan,
  seedToken,
} from "./testing.ts";
import { type TestGate, testGate } from "./testing-gate.ts";

export const domain = { method: "GET", path: "/v1/domains/7" };
export const email = { method: "POST", path: "/v1/email" };
export const past = new Date(Date.now() - 60_000);
export const future = new Date(Date.now() + 3_600_000);

export type ClientOptions = { quota?: number | null; action?: SeedAction };

/** A gate with a few endpoints, and plans of 2, 100, 10,000 and any number of requests a day. */
export class Desk {
  readonly #plans = new Map<number | null, number>();
  readonly database: TestDatabase;
  readonly gate: TestGate;

  static async open(): Promise<Desk> {
    const database = await testDatabase();
    const { sql } = database;
    const plans = new Map<number | null, number>();
    for (const quota of [100, 2, 10_000, null]) plans.set(quota, await seedPlan(sql, quota));
    await seedEndpoint(sql, { name: "email.send", ...email, scope: "email:send", rateLimit: 3 });
    await seedEndpoint(sql, { name: "domains.get", method: "GET", path: "/v1/domains/{id}" });
    await seedEndpoint(sql, { name: "bulk", method: "POST", path: "/v1/bulk", rateLimit: 50, cost: 10 });
    await seedEndpoint(sql, { name: "free", method: "GET", path: "/v1/free", cost: 0 });
    await seedEndpoint(sql, { name: "closed", method: "GET", path: "/v1/closed", isDenied: true });
    await seedEndpoint(sql, { name: "relay", surface: "smtp", path: "/relay" });
    return new Desk(database, await testGate(database.url), plans);
  }

  constructor(database: TestDatabase, gate: TestGate, plans: Map<number | null, number>) {
    this.database = database;
    this.gate = gate;
    this.#plans = plans;
  }

  async close(): Promise<void> {
    await this.gate.remove();
    await this.database.close();
  }

  /** An account with one token, on a plan of 100 requests a day unless told otherwise. */
  async client(token: SeedToken = {}, { quota = 100, action }: ClientOptions = {}) {
    const { sql } = this.database;
    const account = await seedAccount(sql, this.#plans.get(quota) ?? 0);
    const made = await seedToken(sql, account, { scopes: ["email:send"], ...token });
    if (action)
      await seedAction(sql, account, action.type === "token_pause" ? { ...action, tokenId: made.id } : action);
    return { account, ...made };
  }
}
