import { z } from "zod";
import { makePortalLink } from "../../portal/make-portal-link.ts";
import { operation } from "../operation.ts";
import { exampleIds, instant } from "../shapes.ts";

export const portalOperations = [
  operation({
    id: "staff.portalSessions.open",
    method: "POST",
    path: "/staff/portal-sessions",
    tag: "Staff: accounts",
    summary: "Let a person into an account",
    description:
      "Send the browser of a person who is signed in to your own product to `url`: it signs them in to this account, once, within 60 seconds. Name only addresses that you have proven yourself. Only automation keys with the scope `staff:portal:open` may do this.",
    useCase: makePortalLink,
    status: 201,
    output: z.object({
      url: z.url().describe("Holds a secret: redirect to it, and log it nowhere."),
      expiresAt: instant,
    }),
    example: {
      input: {
        accountId: exampleIds.account,
        email: "mara@example.com",
        name: "Mara Vance",
        role: "developer",
        path: "/tokens",
        returnUrl: "https://app.example.com/settings",
      },
      output: {
        url: "https://access.example.com/portal/Zk3v0cBq7mX1yN9sT4uW8aE6rD2gH5jL0pQ7oI3fK1M",
        expiresAt: "2026-11-24T10:46:00.000Z",
      },
    },
  }),
];
