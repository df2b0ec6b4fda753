import { z } from "zod";
import { allowPrivateNetworks, changeAccountPlan, protectAccount } from "../../accounts/change-terms.ts";
import { closeAccount, reopenAccount } from "../../accounts/close-account.ts";
import { eraseAccount } from "../../accounts/erase-account.ts";
import { getAccount } from "../../accounts/get-account.ts";
import { getAccountAsOf } from "../../accounts/get-account-as-of.ts";
import { addOverride, endOverride } from "../../accounts/override-limit.ts";
import { previewImpact } from "../../enforcement/preview-impact.ts";
import { operation } from "../operation.ts";
import { accountExample, accountShape, count, exampleIds, instant, uuid } from "../shapes.ts";

const tag = "Staff: accounts";
const closing = z.object({ closedAt: instant.nullable(), isChanged: z.boolean() });
const accountPath = "/staff/accounts/{accountId}";

/** What the provider agreed with one account: its plan, dated exceptions, protection. */
export const accountTermsOperations = [
  operation({
    id: "staff.accounts.get",
    method: "GET",
    path: accountPath,
    tag,
    summary: "An account",
    description: "Recorded in the log of views.",
    useCase: getAccount,
    output: accountShape.extend({ isProtected: z.boolean(), reachesPrivateNetworks: z.boolean() }),
    example: { output: { ...accountExample, isProtected: false, reachesPrivateNetworks: false } },
  }),
  operation({
    id: "staff.accounts.impact",
    method: "GET",
    path: `${accountPath}/impact`,
    tag,
    summary: "Preview what an action would stop",
    description:
      "From the recorded traffic of the last 24 hours: for the account (`account`) and each surface, token and endpoint that had any.",
    useCase: previewImpact,
    output: z.object({
      reaches: z.array(
        z.object({
          key: z.string(),
          requests: count,
          cleanShare: z.number().nullable().describe("Share that was allowed, 0 to 1."),
          hours: z.array(count).describe("Requests per hour, the oldest first."),
        }),
      ),
      members: count,
      integrations: count,
      lastSignInAt: instant.nullable(),
    }),
    example: {
      output: {
        reaches: [
          { key: "account", requests: 30_888, cleanShare: 0.96, hours: Array.from({ length: 24 }, () => 1_287) },
        ],
        members: 3,
        integrations: 1,
        lastSignInAt: "2026-11-23T16:20:00.000Z",
      },
    },
  }),
  operation({
    id: "staff.accounts.plan",
    method: "PUT",
    path: `${accountPath}/plan`,
    tag,
    summary: "Change the account's plan",
    description: "From the next request on.",
    useCase: changeAccountPlan,
    output: z.object({ before: z.string(), after: z.string() }),
    example: { input: { planId: 2 }, output: { before: "Starter", after: "Scale" } },
  }),
  operation({
    id: "staff.accounts.protect",
    method: "PUT",
    path: `${accountPath}/protection`,
    tag,
    summary: "Protect or unprotect an account",
    description:
      "A protected account needs a second person for every action except a notice. Whoever removes the protection needs one for another 24 hours.",
    useCase: protectAccount,
    status: 204,
    output: null,
    example: { input: { isProtected: true }, output: null },
  }),
  operation({
    id: "staff.accounts.close",
    method: "POST",
    path: `${accountPath}/close`,
    tag,
    summary: "Close an account",
    description:
      "Its tokens are refused with `account_closed` from the next request; members can read and export. Owners get `reason` by mail. Nothing is deleted. Closing a closed account changes nothing. A protected account is refused.",
    useCase: closeAccount,
    output: closing,
    example: {
      input: { reason: "Contract ended." },
      output: { closedAt: "2026-11-24T10:45:00.000Z", isChanged: true },
    },
  }),
  operation({
    id: "staff.accounts.reopen",
    method: "POST",
    path: `${accountPath}/reopen`,
    tag,
    summary: "Reopen a closed account",
    description: "Its tokens work as before. Owners get `reason` by mail.",
    useCase: reopenAccount,
    output: closing,
    example: { input: { reason: "Contract renewed." }, output: { closedAt: null, isChanged: true } },
  }),
  operation({
    id: "staff.accounts.erase",
    method: "POST",
    path: `${accountPath}/erase`,
    tag,
    summary: "Erase the personal data of a closed account",
    description:
      "Cannot be undone. Names, addresses, free texts and the people who are in no other account are erased; usage counts and the audit chain stay. From ACCOUNT_ERASE_AFTER_DAYS after closing, or at any time with `isImmediate`. An admin's personal key can do it, an automation key cannot.",
    useCase: eraseAccount,
    output: z.object({
      erasedAt: instant,
      isChanged: z.boolean(),
      persons: count.describe("People who were in no other account."),
    }),
    example: {
      input: { isImmediate: true },
      output: { erasedAt: "2026-11-24T10:45:00.000Z", isChanged: true, persons: 3 },
    },
  }),
  operation({
    id: "staff.accounts.private_networks",
    method: "PUT",
    path: `${accountPath}/private-networks`,
    tag,
    summary: "Allow or close private networks for an account's webhooks",
    description:
      "Applies to the networks in WEBHOOK_ALLOWED_NETWORKS. An account reaches public addresses only unless allowed.",
    useCase: allowPrivateNetworks,
    status: 204,
    output: null,
    example: { input: { reachesPrivateNetworks: true }, output: null },
  }),
  operation({
    id: "staff.overrides.add",
    method: "POST",
    path: `${accountPath}/overrides`,
    tag,
    summary: "Override a limit for an account",
    description: "A quota, or the rate limit of one endpoint, from a time on and until a time.",
    useCase: addOverride,
    status: 201,
    output: z.object({ overrideId: uuid }),
    example: {
      input: { kind: "quota", value: 500_000, endsAt: "2026-12-01T00:00:00Z", reason: "Yearly sale." },
      output: { overrideId: exampleIds.flag },
    },
  }),
  operation({
    id: "staff.overrides.end",
    method: "DELETE",
    path: "/staff/overrides/{overrideId}",
    tag,
    summary: "End an override",
    useCase: endOverride,
    status: 204,
    output: null,
    example: { output: null },
  }),
  operation({
    id: "staff.accounts.asOf",
    method: "GET",
    path: "/staff/accounts/{accountId}/as-of",
    tag,
    summary: "Get an account as of a point in time",
    description:
      "Standing, actions, plan, quota, exceptions, tokens and members at `at`, from what is recorded. `recordedFrom` is where the record of acts begins; a role of null is not recorded.",
    useCase: getAccountAsOf,
    output: z.object({
      id: uuid,
      name: z.string(),
      at: instant,
      existed: z.boolean(),
      recordedFrom: instant.nullable(),
      standing: z.string(),
      actions: z.array(z.object({ id: uuid, type: z.string(), reasonCode: z.string(), appliedAt: instant.nullable() })),
      planName: z.string().nullable(),
      quotaPerDay: z.number().nullable(),
      exceptions: z.array(z.object({ kind: z.string(), value: z.number(), reason: z.string() })),
      tokens: z.array(z.object({ id: uuid, name: z.string(), state: z.string(), editedSince: z.boolean() })),
      members: z.array(z.object({ userId: uuid, name: z.string().nullable(), role: z.string().nullable() })),
    }),
    example: {
      input: { at: "2026-11-20T10:00:00.000Z" },
      output: {
        id: exampleIds.account,
        name: "Northwind Mail",
        at: "2026-11-20T10:00:00.000Z",
        existed: true,
        recordedFrom: "2026-01-02T08:00:00.000Z",
        standing: "good",
        actions: [],
        planName: "Starter",
        quotaPerDay: 100_000,
        exceptions: [],
        tokens: [{ id: exampleIds.token, name: "billing-cron", state: "active", editedSince: false }],
        members: [{ userId: exampleIds.user, name: "Mara Lindt", role: "owner" }],
      },
    },
  }),
];
