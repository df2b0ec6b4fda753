import { z } from "zod";
import { getAccountByExternalId, setExternalId } from "../../accounts/external-id.ts";
import { provisionAccount, provisioned } from "../../accounts/provision-account.ts";
import { memberRoles } from "../../rules/vocabulary.ts";
import { operation } from "../operation.ts";
import { accountExample, accountShape, count, exampleIds, instant, uuid } from "../shapes.ts";

const tag = "Staff: accounts";
const byExternalId = "/staff/accounts/by-external-id/{externalId}";

const invitedShape = z.object({
  email: z.string(),
  role: z.enum(memberRoles),
  secret: z.string().nullable(),
  sentTo: z.string().nullable(),
  expiresAt: instant,
});

/** Accounts as the provider's own systems know them. */
export const provisioningOperations = [
  operation({
    id: "staff.accounts.getByExternalId",
    method: "GET",
    path: byExternalId,
    tag,
    summary: "An account by your own id",
    description: "Recorded in the log of views.",
    useCase: getAccountByExternalId,
    output: accountShape.extend({ isProtected: z.boolean(), reachesPrivateNetworks: z.boolean() }),
    example: { output: { ...accountExample, isProtected: false, reachesPrivateNetworks: false } },
  }),
  operation({
    id: "staff.accounts.provision",
    method: "PUT",
    path: byExternalId,
    tag,
    summary: "Create or update an account by your own id",
    description:
      "Repeat-safe: the same call again changes nothing, records nothing and sends nothing; `outcome` is `unchanged` then. `members` are invited by mail and join when they accept; whoever is not in the list is removed, except the last owner, who is in `kept`. Leave `members` or `isProtected` out to keep them. An automation key cannot set `isProtected` to false. Without a mail server `secret` is the one-time secret of a link `/invite/{secret}`.",
    useCase: provisionAccount,
    output: z.object({
      accountId: uuid,
      externalId: z.string(),
      outcome: z.enum(["created", "changed", "unchanged"]),
      changes: z
        .array(z.enum(provisioned))
        .describe("What differed from the call; empty for a new account without members."),
      members: z
        .object({
          invited: z.array(invitedShape),
          changed: count.describe("Members who got another role."),
          removed: count,
          withdrawn: count.describe("Open invitations that were revoked."),
          kept: z
            .array(z.object({ userId: uuid, email: z.string() }))
            .describe("Owners who stay although the list wants otherwise: nobody else is an owner yet."),
        })
        .nullable(),
    }),
    example: {
      input: {
        name: "Northwind Mail",
        plan: "Starter",
        members: [{ email: "mara@example.com", role: "owner" }],
      },
      output: {
        accountId: exampleIds.account,
        externalId: "cus_4711",
        outcome: "created",
        changes: ["members"],
        members: {
          invited: [
            {
              email: "mara@example.com",
              role: "owner",
              secret: null,
              sentTo: "mara@example.com",
              expiresAt: "2026-12-01T09:00:00.000Z",
            },
          ],
          changed: 0,
          removed: 0,
          withdrawn: 0,
          kept: [],
        },
      },
    },
  }),
  operation({
    id: "staff.accounts.setExternalId",
    method: "PUT",
    path: "/staff/accounts/{accountId}/external-id",
    tag,
    summary: "Set your own id of an account",
    description: "Null removes it.",
    useCase: setExternalId,
    output: z.object({ externalId: z.string().nullable(), isChanged: z.boolean() }),
    example: { input: { externalId: "cus_4711" }, output: { externalId: "cus_4711", isChanged: true } },
  }),
];
