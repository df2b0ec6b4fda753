import { z } from "zod";
import { issuerAudiences } from "../../rules/vocabulary.ts";
import { setBreakGlass } from "../../single-sign-on/break-glass.ts";
import { checkProvider, providerStates } from "../../single-sign-on/check-provider.ts";
import { addProvider, changeProvider, removeProvider } from "../../single-sign-on/configure.ts";
import { listBreakGlass, listProviders } from "../../single-sign-on/list-providers.ts";
import { operation } from "../operation.ts";
import { count, exampleIds, instant, uuid } from "../shapes.ts";

const tag = "Staff: single sign-on";
const rule = z.object({ claim: z.string(), value: z.string(), role: z.string(), accountId: uuid.nullable() });
const settings = {
  name: "Staff login",
  issuer: "https://login.example.com/realms/staff",
  clientId: "gatehouse",
  audience: "staff" as const,
  checksSecondStep: true,
  defaultRole: null,
  roleRules: [{ claim: "groups", value: "desk-leads", role: "lead" as const, accountId: null }],
};
const personOnly = "With a personal key of an admin. Every admin gets a mail.";

export const identityOperations = [
  operation({
    id: "staff.identity_providers.list",
    method: "GET",
    path: "/staff/identity-providers",
    tag,
    summary: "Issuers that people sign in through",
    useCase: listProviders,
    output: z.object({
      providerId: uuid,
      name: z.string(),
      issuer: z.string(),
      clientId: z.string(),
      audience: z.enum(issuerAudiences),
      accountId: uuid.nullable(),
      accountName: z.string().nullable(),
      isEnabled: z.boolean(),
      isOnlyWay: z.boolean().describe("Those it is for get in through it only."),
      checksSecondStep: z.boolean(),
      defaultRole: z.string().nullable(),
      roleRules: z.array(rule),
      version: count,
      people: count.describe("People linked to this issuer."),
      callbackUrl: z.string().describe("Register it as the client's redirect URI."),
      logoutUrl: z.string().describe("Register it as the client's back-channel logout URI."),
    }),
    list: { items: (rows) => rows, key: (row: { providerId: string }) => row.providerId },
    example: {
      output: {
        ...settings,
        providerId: exampleIds.flag,
        accountId: null,
        accountName: null,
        isEnabled: true,
        isOnlyWay: false,
        version: 1,
        people: 4,
        callbackUrl: `https://access.example.com/single-sign-on/${exampleIds.flag}/callback`,
        logoutUrl: `https://access.example.com/single-sign-on/${exampleIds.flag}/logout`,
      },
    },
  }),
  operation({
    id: "staff.identity_providers.add",
    method: "POST",
    path: "/staff/identity-providers",
    tag,
    summary: "Add an issuer",
    description: personOnly,
    useCase: addProvider,
    status: 201,
    output: z.object({ providerId: uuid }),
    example: { input: { ...settings, clientSecret: "…" }, output: { providerId: exampleIds.flag } },
  }),
  operation({
    id: "staff.identity_providers.change",
    method: "PUT",
    path: "/staff/identity-providers/{providerId}",
    tag,
    summary: "Change an issuer",
    description: `${personOnly} Names every field but the client secret, which stays where it is left out.`,
    useCase: changeProvider,
    isReplacing: true,
    output: z.object({ version: count }),
    example: {
      input: { ...settings, accountId: null, isEnabled: true, isOnlyWay: false, version: 1 },
      output: { version: 2 },
    },
  }),
  operation({
    id: "staff.identity_providers.check",
    method: "GET",
    path: "/staff/identity-providers/{providerId}/check",
    tag,
    summary: "Whether an issuer can be used now",
    description: "Asks it for its discovery document, at most every ten minutes.",
    useCase: checkProvider,
    output: z.object({
      state: z.enum(providerStates).describe("`other` = something answers there that is not this issuer."),
    }),
    example: { output: { state: "answers" as const } },
  }),
  operation({
    id: "staff.identity_providers.remove",
    method: "DELETE",
    path: "/staff/identity-providers/{providerId}",
    tag,
    summary: "Remove an issuer",
    description: `${personOnly} Sessions that came through it end. People and roles stay.`,
    useCase: removeProvider,
    status: 204,
    output: null,
    example: { output: null },
  }),
  operation({
    id: "staff.break_glass.list",
    method: "GET",
    path: "/staff/break-glass",
    tag,
    summary: "Admins, and which of them may go around single sign-on",
    useCase: listBreakGlass,
    output: z.object({
      userId: uuid,
      name: z.string(),
      since: instant.nullable().describe("Set = the one who may."),
      hasSecondStep: z.boolean(),
    }),
    list: { items: (rows) => rows, key: (row: { userId: string }) => row.userId },
    example: {
      output: { userId: exampleIds.user, name: "Ada Admin", since: "2026-11-24T10:15:00.000Z", hasSecondStep: true },
    },
  }),
  operation({
    id: "staff.break_glass.set",
    method: "PUT",
    path: "/staff/break-glass",
    tag,
    summary: "Choose the break-glass admin",
    description: `${personOnly} They may sign in with password and second step where staff get in through an issuer only.`,
    useCase: setBreakGlass,
    isReplacing: true,
    status: 204,
    output: null,
    example: { input: { userId: exampleIds.user }, output: null },
  }),
];
