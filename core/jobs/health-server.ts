import { createServer, type Server, type ServerResponse } from "node:http";
import { sql } from "drizzle-orm";
import type { Database } from "#db/client.ts";
import type { Job } from "./every.ts";

/** `/healthz`, `/readyz` and `/metrics` of the worker. Loopback only; it says nothing secret and takes no input. */
export function healthServer(db: Database, jobs: readonly Job[]): Server {
  return createServer((request, response) => {
    const path = request.url?.split("?")[0];
    if (path === "/healthz") return send(response, 200, "ok\n");
    if (path === "/metrics") return send(response, 200, metrics(jobs));
    if (path !== "/readyz") return send(response, 404, "There is only /healthz, /readyz and /metrics here.\n");
    db.execute(sql`select 1`).then(
      () => send(response, 200, "ready\n"),
      () => send(response, 503, "The database does not answer.\n"),
    );
  });
}

function send(response: ServerResponse, status: number, body: string): void {
  response.writeHead(status, { "content-type": "text/plain; charset=utf-8", "cache-control": "no-store" });
  response.end(body);
}

function metrics(jobs: readonly Job[]): string {
  const family = (name: string, type: string, help: string, value: (job: Job) => number) =>
    [
      `# HELP ${name} ${help}`,
      `# TYPE ${name} ${type}`,
      ...jobs.map((job) => `${name}{job="${job.name}"} ${value(job)}`),
    ].join("\n");
  return `${[
    family("gatehouse_job_runs_total", "counter", "Completed runs.", (job) => job.stats.runs),
    family("gatehouse_job_failures_total", "counter", "Failed runs.", (job) => job.stats.failures),
    family(
      "gatehouse_job_last_duration_seconds",
      "gauge",
      "Duration of the last run.",
      (job) => job.stats.lastMs / 1000,
    ),
  ].join("\n")}\n`;
}
