import { z } from "zod";
import { getAllowedNetworks, setAllowedNetworks } from "../../accounts/allowed-networks.ts";
import { operation } from "../operation.ts";
import { exampleIds, instant, uuid } from "../shapes.ts";

const tag = "Account";
const path = "/account/networks";

const networksShape = z.object({
  allowedNetworks: z.array(z.string()).describe("CIDR blocks; empty = from anywhere."),
  outside: z
    .array(z.object({ tokenId: uuid, name: z.string(), ip: z.string().nullable(), at: instant }))
    .describe("Tokens whose last call came from an address outside: they are refused from there. At most 20."),
});
const outside = [
  { tokenId: exampleIds.token, name: "billing-cron", ip: "198.51.100.7", at: "2026-11-24T10:45:00.000Z" },
];

/** From where all tokens of an account may call. */
export const accountNetworkOperations = [
  operation({
    id: "account.getNetworks",
    method: "GET",
    path,
    tag,
    summary: "Networks that the account's tokens may call from",
    useCase: getAllowedNetworks,
    output: networksShape,
    example: { output: { allowedNetworks: ["203.0.113.0/24"], outside } },
  }),
  operation({
    id: "account.setNetworks",
    method: "PUT",
    path,
    tag,
    summary: "Set the networks that the account's tokens may call from",
    description:
      "Applies beside each token's own list, from the next request, at the gate and to this API; an empty list allows any address. Signing in is not affected. With `dry_run=true` see which tokens would be refused (`outside`). A call that would lock out its own token is refused with 409.",
    useCase: setAllowedNetworks,
    output: networksShape.extend({ isChanged: z.boolean() }),
    example: {
      input: { allowedNetworks: ["203.0.113.0/24"] },
      output: { allowedNetworks: ["203.0.113.0/24"], outside, isChanged: true },
    },
  }),
];
