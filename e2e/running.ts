import { join } from "node:path";
import { z } from "zod";

const runningSchema = z.object({
  webUrl: z.url(),
  gateUrl: z.url(),
  workerUrl: z.url(),
  databaseUrl: z.string().startsWith("postgres://"),
  /** The same as the owner of the tables, who may also make databases. */
  migrationUrl: z.string().startsWith("postgres://"),
  /** The one-time link with which the first admin signs up; only one test can use it. */
  setupLink: z.string(),
  dataDir: z.string(),
});

export type Running = z.infer<typeof runningSchema>;

const variable = "GATEHOUSE_E2E";

/** Where everything that a Gatehouse prints is written. */
export function logFile(dataDir: string): string {
  return join(dataDir, "printed.log");
}

/** Tells the workers of the test runner, which inherit the environment, where Gatehouse runs. */
export function publish(running: Running): void {
  process.env[variable] = JSON.stringify(running);
}

/** The Gatehouse that the global set-up has started. */
export function running(): Running {
  return runningSchema.parse(JSON.parse(process.env[variable] ?? "null"));
}
