import type { Command } from "commander";
import { openapi } from "#core/api/openapi.ts";
import { publicUrl } from "#core/runtime/env.ts";
import { version } from "#core/runtime/version.ts";

export function registerOpenapi(program: Command): void {
  program
    .command("openapi")
    .description("print the OpenAPI document of the REST API, as the web app serves it")
    .action(() => {
      process.stdout.write(`${JSON.stringify(openapi(publicUrl(), version), null, 2)}\n`);
    });
}
