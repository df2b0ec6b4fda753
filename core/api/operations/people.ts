import { z } from "zod";
import { memberRoles, staffRoles } from "../../rules/vocabulary.ts";
import { blockPerson, signOutPerson, unblockPerson } from "../../staff/block-person.ts";
import { findPerson, getPerson } from "../../staff/get-person.ts";
import {
  approveSecondStepRemoval,
  proposeSecondStepRemoval,
  withdrawSecondStepRemoval,
} from "../../staff/remove-second-step.ts";
import { operation } from "../operation.ts";
import { count, exampleIds, instant, uuid } from "../shapes.ts";

const tag = "Staff: people";
const reason = "The person is told the reason by mail.";
const givesReason = { input: { reason: "Reported as taken over by the owner of the account." } };

export const peopleOperations = [
  operation({
    id: "staff.people.find",
    method: "GET",
    path: "/staff/people",
    tag,
    summary: "Find a person by e-mail address",
    description: "By the whole address. 404 when nobody has it.",
    useCase: findPerson,
    output: z.object({ userId: uuid }),
    example: { input: { email: "mara@example.com" }, output: { userId: exampleIds.user } },
  }),
  operation({
    id: "staff.people.get",
    method: "GET",
    path: "/staff/people/{userId}",
    tag,
    summary: "How a person comes in",
    description: "Block, second step, accounts and sessions. The e-mail address is masked.",
    useCase: getPerson,
    output: z.object({
      userId: uuid,
      name: z.string(),
      email: z.string(),
      since: instant,
      emailVerifiedAt: instant.nullable().describe("Null = nobody has proven the address."),
      secondStepSince: instant.nullable().describe("When the authenticator app was set up."),
      passkeys: z.array(z.object({ name: z.string(), createdAt: instant, lastUsedAt: instant.nullable() })),
      blockedAt: instant.nullable(),
      blockedReason: z.string().nullable(),
      blockedByName: z.string().nullable(),
      staffRole: z.enum(staffRoles).nullable(),
      liveKeys: count,
      accounts: z.array(z.object({ accountId: uuid, name: z.string(), role: z.enum(memberRoles) })),
      removal: z
        .object({ removalId: uuid, reason: z.string(), proposedAt: instant, proposedByName: z.string() })
        .nullable()
        .describe("A removal of the second step that waits for a second person."),
      sessions: z.array(
        z.object({
          id: uuid,
          createdAt: instant,
          lastSeenAt: instant.nullable(),
          expiresAt: instant,
          network: z.string().nullable(),
          userAgent: z.string().nullable(),
        }),
      ),
    }),
    example: {
      output: {
        userId: exampleIds.user,
        name: "Mara Vance",
        email: "m…@example.com",
        since: "2025-08-22T09:00:00.000Z",
        emailVerifiedAt: "2025-08-22T09:00:00.000Z",
        secondStepSince: null,
        passkeys: [],
        blockedAt: null,
        blockedReason: null,
        blockedByName: null,
        staffRole: null,
        liveKeys: 0,
        accounts: [{ accountId: exampleIds.account, name: "Northwind Mail", role: "owner" }],
        removal: null,
        sessions: [],
      },
    },
  }),
  operation({
    id: "staff.people.block",
    method: "POST",
    path: "/staff/people/{userId}/block",
    tag,
    summary: "Block a person from their next request on",
    description: `Their sessions and personal keys end; automation keys and what their tokens may do in Gatehouse pause. ${reason} An automation key blocks nobody of the staff.`,
    useCase: blockPerson,
    output: z.object({ sessions: count.describe("Sessions that ended.") }),
    example: { ...givesReason, output: { sessions: 2 } },
  }),
  operation({
    id: "staff.people.unblock",
    method: "POST",
    path: "/staff/people/{userId}/unblock",
    tag,
    summary: "Let a blocked person in again",
    useCase: unblockPerson,
    status: 204,
    output: null,
    example: { ...givesReason, output: null },
  }),
  operation({
    id: "staff.people.signOut",
    method: "POST",
    path: "/staff/people/{userId}/sign-out",
    tag,
    summary: "Sign a person out everywhere",
    description: reason,
    useCase: signOutPerson,
    output: z.object({ sessions: count.describe("Sessions that ended.") }),
    example: { ...givesReason, output: { sessions: 2 } },
  }),
  operation({
    id: "staff.people.proposeSecondStepRemoval",
    method: "POST",
    path: "/staff/people/{userId}/second-step-removal",
    tag,
    summary: "Propose to remove a person's second step",
    description: `Another person approves it within 7 days. ${reason}`,
    useCase: proposeSecondStepRemoval,
    status: 201,
    output: z.object({ removalId: uuid }),
    example: { ...givesReason, output: { removalId: exampleIds.flag } },
  }),
  operation({
    id: "staff.people.approveSecondStepRemoval",
    method: "POST",
    path: "/staff/second-step-removals/{removalId}/approve",
    tag,
    summary: "Remove a second step, as the second person",
    useCase: approveSecondStepRemoval,
    status: 204,
    output: null,
    example: { output: null },
  }),
  operation({
    id: "staff.people.withdrawSecondStepRemoval",
    method: "POST",
    path: "/staff/second-step-removals/{removalId}/withdraw",
    tag,
    summary: "Withdraw the removal of a second step",
    useCase: withdrawSecondStepRemoval,
    status: 204,
    output: null,
    example: { output: null },
  }),
];
