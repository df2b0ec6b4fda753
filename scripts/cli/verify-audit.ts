import type { Command } from "commander";
import { count } from "drizzle-orm";
import { verifyAudit } from "#core/audit/verify-audit.ts";
import { auditEvent } from "#db/schema/audit.ts";
import { withContext } from "./connection.ts";
import { number, showProgress } from "./progress.ts";

export function registerVerifyAudit(program: Command): void {
  program
    .command("verify-audit")
    .description("recompute the hash chain over all audit events and say where it breaks")
    .option("--json", "print the verdict as JSON: { events, brokenAt, why }")
    .addHelpText(
      "after",
      "\nRemoved last events cannot be seen from inside: compare the number of events with a copy.\n" +
        "Exit codes: 0 the chain is whole, 1 it is broken, 2 wrong usage.",
    )
    .action(async ({ json }: { json?: boolean }) => {
      const verdict = await withContext("verify-audit", async ({ db }) => {
        const [all] = await db.select({ events: count() }).from(auditEvent);
        const progress = showProgress("Audit", all?.events ?? 0, "events", json || !process.stderr.isTTY);
        try {
          return await verifyAudit(db, progress.update);
        } finally {
          progress.stop();
        }
      });
      const { events, brokenAt, why } = verdict;
      const text = brokenAt === null ? whole(events) : broken(events, brokenAt, why ?? "");
      process.stdout.write(`${json ? JSON.stringify(verdict) : text}\n`);
      if (brokenAt !== null) process.exitCode = 1;
    });
}

function whole(events: number): string {
  return `The audit log is whole: ${number(events)} events, each follows from the one before it.`;
}

function broken(events: number, brokenAt: number, why: string): string {
  return `The audit log is broken at event ${brokenAt}: ${why}\nThe ${number(events)} events before it are whole.`;
}
