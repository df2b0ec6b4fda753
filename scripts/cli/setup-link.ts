import type { Command } from "commander";
import type { Ctx } from "#core/frame/context.ts";
import { createSetupLink } from "#core/invitations/create-setup-link.ts";
import { invitationPath } from "#core/invitations/invitation-path.ts";
import { env } from "#core/runtime/env.ts";
import { withContext } from "./connection.ts";

export function registerSetupLink(program: Command): void {
  program
    .command("setup-link")
    .description("print a new one-time link with which the first admin signs up; earlier links stop working")
    .action(async () => {
      const link = await withContext("setup-link", newSetupLink);
      process.stdout.write(link ? `${link}\n` : "There is an admin already: sign in as one to invite others.\n");
    });
}

/** The whole address, or null when somebody administers this installation already. */
export async function newSetupLink(ctx: Ctx): Promise<string | null> {
  const made = await createSetupLink(ctx, {});
  return made && new URL(invitationPath(made.secret), env().PUBLIC_URL).href;
}
