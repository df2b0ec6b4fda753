import type { Command } from "commander";
import { z } from "zod";
import type { Ctx } from "#core/frame/context.ts";
import { acceptInvitation } from "#core/invitations/accept-invitation.ts";
import { invitationPath } from "#core/invitations/invitation-path.ts";
import { inviteAdmin } from "#core/invitations/invite-admin.ts";
import { env } from "#core/runtime/env.ts";
import { withContext } from "./connection.ts";
import { readPassword } from "./create-admin/read-password.ts";
import { newSetupLink } from "./setup-link.ts";

const optionsSchema = z.object({
  email: z.string().optional(),
  name: z.string().optional(),
  printLink: z.boolean().default(false),
  json: z.boolean().default(false),
});

export function registerCreateAdmin(program: Command): void {
  const command = program
    .command("create-admin")
    .description(
      "make an admin by a one-time link, which is mailed to --email where there is a mail server; with --name as well, make one at once",
    )
    .option("--email <address>", "who; needed when there is an admin already")
    .option("--name <name>", "makes the admin at once; the password is read from standard input")
    .option("--print-link", "print the link although there is a mail server, for when no mail arrives")
    .option("--json", "print { link, sentTo } or { email, userId } as JSON")
    .addHelpText(
      "after",
      '\nWithout a terminal: printf %s "$PASSWORD" | npm run gatehouse -- create-admin --email mia@example.com --name Mia\n' +
        "Exit codes: 0 done, 1 failed, 2 wrong usage.",
    )
    .action(async (given: unknown) => {
      const { email, name, printLink, json } = optionsSchema.parse(given);
      if (name !== undefined && email === undefined) command.error("--name needs --email as well.", { exitCode: 2 });
      const password = name === undefined ? "" : await readPassword();
      const made = await withContext("create-admin", (ctx) =>
        email === undefined
          ? firstAdmin(ctx)
          : name === undefined
            ? invite(ctx, email, printLink)
            : create(ctx, email, name, password),
      );
      process.stdout.write(`${json ? JSON.stringify(made) : textOf(made)}\n`);
    });
}

type Made = { link: string | null; sentTo: string | null } | { email: string; userId: string };

async function firstAdmin(ctx: Ctx): Promise<Made> {
  const link = await newSetupLink(ctx);
  if (link === null) throw new Error("There is an admin already. Name the person with --email to make another.");
  return { link, sentTo: null };
}

async function invite(ctx: Ctx, email: string, isPrinted: boolean): Promise<Made> {
  const { secret, sentTo } = await inviteAdmin(ctx, { email, isPrinted });
  return { link: secret === null ? null : new URL(invitationPath(secret), env().PUBLIC_URL).href, sentTo };
}

/** The invitation is taken as the person would; both happen or neither. */
async function create(ctx: Ctx, email: string, name: string, password: string): Promise<Made> {
  const userId = await ctx.db.transaction(async (tx) => {
    const { secret } = await inviteAdmin({ ...ctx, db: tx }, { email, isPrinted: true });
    if (secret === null) throw new Error("The link was not returned.");
    const made = await acceptInvitation({ ...ctx, db: tx, actor: { kind: "visitor" } }, { secret, name, password });
    if (!made.ok) throw new Error("This e-mail address has a user already, and this is not its password.");
    return made.userId;
  });
  return { email: email.toLowerCase(), userId };
}

function textOf(made: Made): string {
  if ("link" in made) return made.link ?? `The link was sent to ${made.sentTo}.`;
  return `${made.email} is an admin and can sign in at ${env().PUBLIC_URL}.`;
}
