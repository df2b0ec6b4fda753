import { freshDatabase } from "./fresh-database.ts";
import { publish, type Running, running } from "./running.ts";
import { startGatehouse } from "./server.ts";
import { test } from "./test.ts";

/**
 * Gives the tests of a file a Gatehouse of their own, on an empty database, with these settings: for what all others would see, like
 * an alarm on every desk.
 */
export function ownGatehouse(settings: () => Promise<Record<string, string>>): void {
  let shared: Running;
  let stop = async () => {};
  let drop = async () => {};
  // One worker runs the whole file, so that it starts one Gatehouse.
  test.describe.configure({ mode: "default" });
  test.beforeAll(async () => {
    test.setTimeout(180_000);
    shared = running();
    const fresh = await freshDatabase();
    drop = fresh.drop;
    const { stop: end, ...own } = await startGatehouse({ ...(await settings()), DATABASE_URL: fresh.url });
    stop = end;
    publish(own);
  });
  test.afterAll(async () => {
    await stop();
    publish(shared);
    await drop();
  });
}
