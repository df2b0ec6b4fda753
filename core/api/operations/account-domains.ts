import { z } from "zod";
import { domainAnswers } from "../../rules/vocabulary.ts";
import {
  addAccountDomain,
  checkAccountDomain,
  listAccountDomains,
  removeAccountDomain,
} from "../../single-sign-on/account-domains.ts";
import { listProvenDomains, takeDomainOff } from "../../single-sign-on/staff-domains.ts";
import { operation } from "../operation.ts";
import { exampleIds, instant, uuid } from "../shapes.ts";

const record = z
  .object({ name: z.string(), value: z.string() })
  .describe("The TXT record that proves the domain. Leave it in DNS: it is checked every day.");
const exampleRecord = {
  name: "_gatehouse-challenge.acme.example",
  value: "gatehouse-domain=q6w3R1cUQvY0y8Zs5m9kT2bXn4LhPdJe",
};
const domainShape = z.object({
  domainId: uuid,
  domain: z.string(),
  record,
  provenAt: instant.nullable().describe("Null = not proven."),
  missingSince: instant.nullable().describe("Since when the record is missing. The proof ends after seven days."),
  isRequired: z
    .boolean()
    .describe("Members with an address at the domain enter the account through its issuers only. An owner sets it."),
  answer: z
    .enum(domainAnswers)
    .nullable()
    .describe("What DNS said last. `taken`: the record is there, and another account has proven the domain."),
  checkedAt: instant.nullable(),
  isChecking: z.boolean().describe("DNS is about to be asked."),
});
const example = {
  domainId: exampleIds.flag,
  domain: "acme.example",
  record: exampleRecord,
  provenAt: "2026-11-24T10:15:00.000Z",
  missingSince: null,
  isRequired: false,
  answer: "found" as const,
  checkedAt: "2026-11-24T10:15:00.000Z",
  isChecking: false,
};

/** E-mail domains that an account proves by DNS. */
export const accountDomainOperations = [
  operation({
    id: "account.listDomains",
    method: "GET",
    path: "/account/domains",
    tag: "Account",
    summary: "E-mail domains of the account",
    useCase: listAccountDomains,
    output: domainShape,
    list: { items: (rows) => rows, key: (row: { domainId: string }) => row.domainId },
    example: { output: example },
  }),
  operation({
    id: "account.addDomain",
    method: "POST",
    path: "/account/domains",
    tag: "Account",
    summary: "Add an e-mail domain",
    description:
      "Publish the TXT record of the answer, then verify the domain. Domains of mail providers and public suffixes are refused.",
    useCase: addAccountDomain,
    status: 201,
    output: z.object({ domainId: uuid, domain: z.string(), record }),
    example: {
      input: { domain: "acme.example" },
      output: { domainId: exampleIds.flag, domain: "acme.example", record: exampleRecord },
    },
  }),
  operation({
    id: "account.checkDomain",
    method: "POST",
    path: "/account/domains/{domainId}/verify",
    tag: "Account",
    summary: "Verify a domain",
    description: "DNS is asked within seconds; the list then says what came of it.",
    useCase: checkAccountDomain,
    status: 200,
    output: z.object({ domain: z.string() }),
    example: { output: { domain: "acme.example" } },
  }),
  operation({
    id: "account.removeDomain",
    method: "DELETE",
    path: "/account/domains/{domainId}",
    tag: "Account",
    summary: "Remove a domain",
    description: "A domain for which single sign-on is required is removed by an owner in person: 403.",
    useCase: removeAccountDomain,
    status: 204,
    output: null,
    example: { output: null },
  }),
  operation({
    id: "staff.domains.list",
    method: "GET",
    path: "/staff/domains",
    tag: "Staff: single sign-on",
    summary: "E-mail domains that accounts have proven",
    useCase: listProvenDomains,
    output: domainShape
      .pick({ domainId: true, domain: true, provenAt: true, missingSince: true, isRequired: true })
      .extend({ accountId: uuid, accountName: z.string() }),
    list: { items: (rows) => rows, key: (row: { domainId: string }) => row.domainId },
    example: {
      output: {
        ...{ domainId: exampleIds.flag, domain: "acme.example", provenAt: example.provenAt, missingSince: null },
        ...{ isRequired: true, accountId: exampleIds.account, accountName: "Acme" },
      },
    },
  }),
  operation({
    id: "staff.domains.remove",
    method: "POST",
    path: "/staff/domains/{domainId}/remove",
    tag: "Staff: single sign-on",
    summary: "Take a domain off an account",
    description: "With a personal key of an admin. The account's owners get the reason by mail.",
    useCase: takeDomainOff,
    status: 204,
    output: null,
    example: { input: { reason: "The issuer is gone." }, output: null },
  }),
];
