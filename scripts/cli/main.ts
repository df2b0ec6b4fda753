import { Command } from "commander";
import { registerSeed } from "../../demo/seed.ts";
import { registerAccounts } from "./accounts.ts";
import { registerCreateAdmin } from "./create-admin.ts";
import { registerDoctor } from "./doctor.ts";
import { registerImportOpenapi } from "./import-openapi.ts";
import { registerImportTokens } from "./import-tokens.ts";
import { registerImportUsage } from "./import-usage.ts";
import { registerMigrate } from "./migrate.ts";
import { registerOpenapi } from "./openapi.ts";
import { registerReplay } from "./replay.ts";
import { registerResetLink } from "./reset-link.ts";
import { sentenceOf } from "./sentence-of.ts";
import { registerSetup } from "./setup.ts";
import { registerSetupLink } from "./setup-link.ts";
import { registerTraffic } from "./traffic.ts";
import { registerVerifyAudit } from "./verify-audit.ts";

const program = new Command("gatehouse")
  .description("Commands of Gatehouse. They use DATABASE_URL, or else the Gatehouse that runs in this folder.")
  .showHelpAfterError("(--help lists the commands and options)")
  .addHelpText("after", "\nExit codes: 0 done, 1 failed or (doctor) something is wrong, 2 wrong usage.")
  .exitOverride((error) => process.exit(error.exitCode === 0 ? 0 : 2));

for (const register of [
  registerAccounts,
  registerCreateAdmin,
  registerDoctor,
  registerImportOpenapi,
  registerImportTokens,
  registerImportUsage,
  registerMigrate,
  registerOpenapi,
  registerReplay,
  registerResetLink,
  registerSeed,
  registerSetup,
  registerSetupLink,
  registerTraffic,
  registerVerifyAudit,
]) {
  register(program);
}

try {
  await program.parseAsync();
} catch (error) {
  process.stderr.write(`${sentenceOf(error)}\n`);
  process.exitCode = 1;
}
