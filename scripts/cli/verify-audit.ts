import { type Command, InvalidArgumentError } from "commander";
import { count } from "drizzle-orm";
import { type Anchor, verifyAudit } from "#core/audit/verify-audit.ts";
import { auditEvent } from "#db/schema/audit.ts";
import { withContext } from "./connection.ts";
import { number, showProgress } from "./progress.ts";

export function registerVerifyAudit(program: Command): void {
  program
    .command("verify-audit")
    .description("recompute the hash chain over all audit events and say where it breaks")
    .option("--json", "print the verdict as JSON: { events, head, brokenAt, why }")
    .option("--anchor <events:hash>", "what an earlier run printed; finds removed or replaced last events", anchorIn)
    .addHelpText(
      "after",
      "\nRemoved last events cannot be seen from inside: keep the printed anchor elsewhere, and give it to the next run.\n" +
        "Exit codes: 0 the chain is whole, 1 it is broken, 2 wrong usage.",
    )
    .action(async ({ json, anchor }: { json?: boolean; anchor?: Anchor }) => {
      const verdict = await withContext("verify-audit", async ({ db }) => {
        const [all] = await db.select({ events: count() }).from(auditEvent);
        const progress = showProgress("Audit", all?.events ?? 0, "events", json || !process.stderr.isTTY);
        try {
          return await verifyAudit(db, progress.update, anchor ?? null);
        } finally {
          progress.stop();
        }
      });
      const { events, head, brokenAt, why } = verdict;
      const text = brokenAt === null ? whole(events, head) : broken(events, brokenAt, why ?? "");
      process.stdout.write(`${json ? JSON.stringify(verdict) : text}\n`);
      if (brokenAt !== null) process.exitCode = 1;
    });
}

function whole(events: number, head: string): string {
  const anchor = events === 0 ? "" : `\nAnchor: ${events}:${head}`;
  return `The audit log is whole: ${number(events)} events, each follows from the one before it.${anchor}`;
}

/** `1204:9f86d0…`, as an earlier run printed it. */
function anchorIn(text: string): Anchor {
  const [, events, head] = /^(\d+):([0-9a-f]{64})$/.exec(text) ?? [];
  if (!events || !head)
    throw new InvalidArgumentError("Give it as it was printed: a number, a colon and 64 hex digits.");
  return { events: Number(events), head };
}

function broken(events: number, brokenAt: number, why: string): string {
  return `The audit log is broken at event ${brokenAt}: ${why}\nThe ${number(events)} events before it are whole.`;
}
