import type { Command } from "commander";
import { installSampleProvider } from "#core/provider/install-sample-provider.ts";
import { withContext } from "./connection.ts";
import { newSetupLink } from "./setup-link.ts";

export function registerSetup(program: Command): void {
  program
    .command("setup")
    .description(
      "prepare an empty installation: sample plans and endpoints where there are none, and a link for the first admin",
    )
    .action(async () => {
      const link = await withContext("setup", async (ctx) => {
        await installSampleProvider(ctx, {});
        return newSetupLink(ctx);
      });
      if (link) process.stdout.write(`${link}\n`);
    });
}
