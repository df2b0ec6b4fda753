"use server";

import { action } from "#app/_lib/action.ts";
import { openAccount } from "#core/accounts/open-account.ts";
import { invitationPath } from "#core/invitations/invitation-path.ts";

/** The owner's link is shown once to the one who opens the account; it is never kept in a form's state. */
export const openAccountAction = action(openAccount, {
  as: "staff",
  revalidate: ["/staff/accounts"],
  show: ({ secret }) => ({ path: invitationPath(secret) }),
});
