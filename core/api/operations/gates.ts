import { z } from "zod";
import { createCredential } from "../../gateways/create-credential.ts";
import { listCredentials } from "../../gateways/list-credentials.ts";
import { revokeCredential } from "../../gateways/revoke-credential.ts";
import { operation } from "../operation.ts";
import { exampleIds, instant, uuid } from "../shapes.ts";

const tag = "Staff: gates";
const credential = { id: exampleIds.flag, name: "edge-1", preview: "gthg_…a1B2" };

export const gateOperations = [
  operation({
    id: "staff.credentials.list",
    method: "GET",
    path: "/staff/gateway-credentials",
    tag,
    summary: "Gateway credentials, live ones first",
    useCase: listCredentials,
    output: z.object({
      id: uuid,
      name: z.string(),
      preview: z.string(),
      createdAt: instant,
      createdByName: z.string().nullable(),
      revokedAt: instant.nullable(),
      lastUsedAt: instant.nullable(),
    }),
    list: { items: (rows) => rows, key: (row: { id: string }) => row.id },
    example: {
      output: {
        ...credential,
        createdAt: "2026-11-01T08:30:00.000Z",
        createdByName: "Ada Admin",
        revokedAt: null,
        lastUsedAt: "2026-11-24T10:15:00.000Z",
      },
    },
  }),
  operation({
    id: "staff.credentials.create",
    method: "POST",
    path: "/staff/gateway-credentials",
    tag,
    summary: "Create a gateway credential",
    description: "Once one exists, every caller of the gate needs one. The response is the only place it is shown.",
    useCase: createCredential,
    status: 201,
    output: z.object({ id: uuid, name: z.string(), preview: z.string(), secret: z.string() }),
    example: { input: { name: "edge-1" }, output: { ...credential, secret: "gthg_…" } },
  }),
  operation({
    id: "staff.credentials.revoke",
    method: "DELETE",
    path: "/staff/gateway-credentials/{credentialId}",
    tag,
    summary: "Revoke a gateway credential",
    description: "Every gate refuses the caller from its next request.",
    useCase: revokeCredential,
    status: 204,
    output: null,
    example: { output: null },
  }),
];
