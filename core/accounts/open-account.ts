import { z } from "zod";
import * as deskWords from "#words/desk.ts";
import * as words from "#words/words.ts";
import { command } from "../frame/define.ts";
import { inviteOwner } from "../invitations/invite.ts";
import { createAccount } from "./create-account.ts";

/** A new customer with the invitation of its first owner: both or neither. The answer says where its link went. */
export const openAccount = command({
  permission: "account:create",
  input: z.strictObject({
    name: z.string().trim().min(1, words.errors.enterName).max(100),
    plan: z.string().min(1, deskWords.errors.choosePlan),
    email: z.string().trim().toLowerCase().pipe(z.email(deskWords.errors.enterOwnerEmail)),
  }),
  run: async (ctx, { name, plan, email }) => {
    const made = await createAccount(ctx, { name, plan });
    const { secret, sentTo } = await inviteOwner(ctx, { accountId: made.id, email });
    return { accountId: made.id, secret, sentTo };
  },
  // Both commands inside have left their own rows.
  happened: () => null,
});
