import { publish, type Running, running } from "./running.ts";
import { startGatehouse } from "./server.ts";
import { database } from "./sign-in.ts";
import { test } from "./test.ts";

/**
 * Gives the tests of a file a Gatehouse of their own, on an empty database, with these settings: for what all others would see, like
 * an alarm on every desk.
 */
export function ownGatehouse(settings: () => Promise<Record<string, string>>): void {
  const name = `gatehouse_own_${process.pid}`;
  let shared: Running;
  let stop = async () => {};
  // One worker runs the whole file, so that it starts one Gatehouse.
  test.describe.configure({ mode: "default" });
  test.beforeAll(async () => {
    test.setTimeout(180_000);
    shared = running();
    await database().sql.unsafe(`create database ${name}`);
    const url = new URL(shared.databaseUrl);
    url.pathname = `/${name}`;
    const { stop: end, ...own } = await startGatehouse({ ...(await settings()), DATABASE_URL: url.href });
    stop = end;
    publish(own);
  });
  test.afterAll(async () => {
    await stop();
    publish(shared);
    await database().sql.unsafe(`drop database if exists ${name} with (force)`);
  });
}
