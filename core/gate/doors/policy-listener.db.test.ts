import { connect, type Socket } from "node:net";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type TestDatabase, testDatabase } from "#db/testing.ts";
import { hashToken } from "../state/hash-token.ts";
import {
  liftActions,
  seedAccount,
  seedAction,
  seedEndpoint,
  seedPlan,
  seedToken,
  tellGates,
} from "../testing/testing.ts";
import { breakableWay, eventually, type TestGate, testGate } from "../testing/testing-gate.ts";
import { freePort } from "../testing/testing-redis.ts";

let database: TestDatabase;
let gate: TestGate;
let plan: number;
const key = "gthg_of-the-mail-server";

beforeAll(async () => {
  database = await testDatabase();
  plan = await seedPlan(database.sql, 5);
  await seedEndpoint(database.sql, { name: "smtp.send", surface: "smtp", path: "/", scope: "email:send" });
  gate = await testGate(database.url, { policyPort: await freePort() });
});
afterAll(async () => {
  await gate.remove();
  await database.close();
});

const client = async (change = {}) => {
  const account = await seedAccount(database.sql, plan);
  return { account, ...(await seedToken(database.sql, account, { scopes: ["email:send"], ...change })) };
};

/** Postfix's end of the protocol. */
class Asker {
  readonly #socket: Socket;
  #text = "";
  isClosed = false;

  constructor(port: number) {
    this.#socket = connect(port, "127.0.0.1");
    this.#socket.on("data", (chunk) => {
      this.#text += String(chunk);
    });
    this.#socket.on("error", () => undefined);
    this.#socket.on("close", () => {
      this.isClosed = true;
    });
  }

  write(text: string): void {
    this.#socket.write(text);
  }

  /** The answers so far, once there are that many. */
  answers(count: number): Promise<string[]> {
    return eventually(`${count} answers`, async () => {
      const parts = this.#text.split("\n\n");
      return parts.length > count && parts.slice(0, count);
    });
  }

  end(): void {
    this.#socket.destroy();
  }
}

const question = (attributes: Record<string, string>) =>
  `${Object.entries({
    request: "smtpd_access_policy",
    protocol_state: "RCPT",
    client_address: "192.0.2.1",
    ...attributes,
  })
    .map(([name, value]) => `${name}=${value}\n`)
    .join("")}\n`;

async function ask(attributes: Record<string, string>, port = gate.policyPort): Promise<string> {
  const asker = new Asker(port);
  asker.write(question(attributes));
  const [answer = ""] = await asker.answers(1);
  asker.end();
  return answer;
}

const left = async (secret: string) =>
  (await gate.verify({ token: secret, endpoint: "smtp.send", surface: "smtp", dry_run: true })).limits[0]?.remaining;

describe("the listener for Postfix", () => {
  it("counts each recipient once, however often it is asked, and a message's end not at all", async () => {
    const { secret, id } = await client();
    const asker = new Asker(gate.policyPort);
    const to = (recipient: string) => question({ sasl_username: id, instance: "1.2.3", recipient });
    asker.write(to("a@example.com") + to("a@example.com") + to("b@example.com"));
    asker.write(question({ sasl_username: id, instance: "1.2.3", protocol_state: "END-OF-MESSAGE" }));
    expect(await asker.answers(4)).toEqual(Array(4).fill("action=DUNNO"));
    asker.end();
    expect(await left(secret)).toBe(3);
  });

  it("ends an open session when its account is suspended, its token paused or revoked, and takes it again afterwards", async () => {
    const { id, account } = await client();
    const asker = new Asker(gate.policyPort);
    const say = async (version: number) =>
      tellGates(database.sql, "gate_account", { accountId: account, standingVersion: version });
    asker.write(question({ sasl_username: id, instance: "s.1", recipient: "a@example.com" }));
    expect(await asker.answers(1)).toEqual(["action=DUNNO"]);
    await say(await seedAction(database.sql, account, { type: "suspension" }));
    await eventually("the suspension", async () => {
      const state = question({ sasl_username: id, protocol_state: "END-OF-MESSAGE" });
      return (
        await ask(
          Object.fromEntries(
            state
              .trim()
              .split("\n")
              .map((line) => line.split("=")),
          ),
        )
      ).startsWith("action=554 5.7.1");
    });
    asker.write(question({ sasl_username: id, instance: "s.2", recipient: "a@example.com" }));
    expect((await asker.answers(2))[1]).toMatch(/^action=554 5\.7\.1 The account is suspended.*Receipt rcp_/);
    await say(await liftActions(database.sql, account));
    // Of one message the gate remembers what it said; each question is of another.
    let message = 3;
    const asksAnew = () => ask({ sasl_username: id, instance: `s.${message++}` });
    await eventually("the lift", async () => (await asksAnew()) === "action=DUNNO");
    asker.end();
  });

  it("defers what is over a limit, and lets a message end whose recipients were taken", async () => {
    const { id } = await client({ capPerMinute: 1 });
    expect(await ask({ sasl_username: id, instance: "l.1", recipient: "a@example.com" })).toBe("action=DUNNO");
    expect(await ask({ sasl_username: id, instance: "l.1", recipient: "b@example.com" })).toMatch(
      /^action=451 4\.7\.1 /,
    );
    expect(await ask({ sasl_username: id, protocol_state: "END-OF-MESSAGE" })).toBe("action=DUNNO");
  });

  it("says nothing about who has not signed in, and refuses users that are no tokens", async () => {
    expect(await ask({ sasl_username: "" })).toBe("action=DUNNO");
    expect(await ask({ sasl_username: "root" })).toMatch(/^action=554 5\.7\.1 /);
    expect(await ask({ sasl_username: crypto.randomUUID() })).toMatch(/^action=554 5\.7\.1 /);
  });

  it("looks at the address, and knows a token by its newest secret", async () => {
    const { id } = await client({ allowedNetworks: ["198.51.100.0/24"] });
    expect(await ask({ sasl_username: id, instance: "n.1" })).toMatch(
      /^action=554 5\.7\.1 This token cannot be used from this address/,
    );
    expect(await ask({ sasl_username: id, instance: "n.2", client_address: "198.51.100.7" })).toBe("action=DUNNO");
    const rotated = await client({ retiresAt: new Date(Date.now() - 1_000) });
    await database.sql`insert into token_secret (token_id, hash, preview) values (${rotated.id}, ${hashToken("the-new-secret-0123456789")}, 'gth_…')`;
    expect(await ask({ sasl_username: rotated.id, instance: "n.3" })).toBe("action=DUNNO");
  });

  it("closes on what is not the protocol, without harm to others", async () => {
    for (const nonsense of ["GET / HTTP/1.1\r\n\r\n\n\n", "request=other\n\n", "x".repeat(100_000), "\n\n", "=\n\n"]) {
      const asker = new Asker(gate.policyPort);
      asker.write(nonsense);
      await eventually("the connection closes", async () => asker.isClosed);
    }
    expect(await ask({ sasl_username: "" })).toBe("action=DUNNO");
  });

  it("goes on from memory while the database is away, and defers whom it does not know", async () => {
    const way = await breakableWay(database.url);
    const other = await testGate(way.url, { gateId: "gate-away", policyPort: await freePort() });
    const { id } = await client();
    const stranger = await client();
    const at = (user: string, instance: string) => ask({ sasl_username: user, instance }, other.policyPort);
    expect(await at(id, "d.1")).toBe("action=DUNNO");
    way.cut();
    expect(await at(id, "d.2")).toBe("action=DUNNO");
    expect(await at(stranger.id, "d.3")).toMatch(/^action=451 4\.3\.5 /);
    way.mend();
    await other.remove();
    way.close();
  });

  it("wants a gateway credential as policy_context once there is one", async () => {
    const { id } = await client();
    await database.sql`insert into gateway_credential (name, hash, preview) values ('postfix', ${hashToken(key)}, 'gthg_…')`;
    await tellGates(database.sql, "gate_provider", "");
    await eventually("the credential", async () =>
      (await ask({ sasl_username: id, instance: "c.1" })).startsWith("action=451 4.3.5"),
    );
    expect(await ask({ sasl_username: id, instance: "c.2", policy_context: key })).toBe("action=DUNNO");
  });
});
