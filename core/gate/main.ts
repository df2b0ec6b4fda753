import { surviveDriverFaults } from "../runtime/driver-faults.ts";
import { env, isSet } from "../runtime/env.ts";
import { logger } from "../runtime/log.ts";
import { checkReceiptAddress } from "./start/receipt-address.ts";
import { startGate } from "./start/start-gate.ts";

const log = logger("gate");

surviveDriverFaults(log, "The gate failed and ends; what it answered is in the journal.");

try {
  const config = env();
  const isGiven = isSet("PUBLIC_URL");
  const warning = checkReceiptAddress({ publicUrl: config.PUBLIC_URL, isGiven, host: config.GATE_HOST });
  if (warning) log.warn(warning);
  const running = await startGate({
    databaseUrl: config.DATABASE_URL,
    redisUrl: config.REDIS_URL ?? null,
    dataDir: config.DATA_DIR,
    gateId: config.GATE_ID,
    host: config.GATE_HOST,
    port: config.GATE_PORT,
    policyPort: config.GATE_POLICY_PORT ?? null,
    publicUrl: config.PUBLIC_URL,
    maxStaleSeconds: config.GATE_MAX_STALE_S,
    fail: config.GATE_FAIL,
    isSynced: config.GATE_FSYNC,
    trustedProxies: config.GATE_TRUSTED_PROXIES,
    importerScript: new URL("./importer-thread.mjs", import.meta.url),
    log,
  });
  log.info(
    { host: config.GATE_HOST, port: running.port },
    "Listening; without a gateway credential only callers on this machine are accepted.",
  );
  const stop = () => {
    running.stop().then(
      () => process.exit(0),
      (error: unknown) => {
        log.error({ err: error }, "The gate did not stop cleanly.");
        process.exit(1);
      },
    );
  };
  process.on("SIGTERM", stop);
  process.on("SIGINT", stop);
  running.ready.catch(() => process.exit(1));
  void running.lost.then(async (error) => {
    log.fatal({ err: error }, error.message);
    await running.stop().catch(() => undefined);
    process.exit(1);
  });
} catch (error) {
  log.fatal({ err: error }, error instanceof Error ? error.message : "The gate could not start.");
  process.exitCode = 1;
}
