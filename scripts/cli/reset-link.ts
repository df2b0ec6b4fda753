import type { Command } from "commander";
import { createResetLink } from "#core/auth/request-reset.ts";
import { resetPath } from "#core/auth/reset-path.ts";
import { env } from "#core/runtime/env.ts";
import { withContext } from "./connection.ts";

export function registerResetLink(program: Command): void {
  program
    .command("reset-link")
    .argument("<email>", "e-mail address of the person")
    .description("print a one-time link with which a person chooses a new password, for when no mail reaches them")
    .action(async (email: string) => {
      const made = await withContext("reset-link", (ctx) => createResetLink(ctx, { email }));
      if (!made) throw new Error(`Nobody here can sign in as ${email}.`);
      process.stdout.write(`${new URL(resetPath(made.secret), env().PUBLIC_URL).href}\n`);
    });
}
