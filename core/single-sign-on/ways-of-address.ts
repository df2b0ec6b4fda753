import { isNotNull } from "drizzle-orm";
import { z } from "zod";
import { accountDomain } from "#db/schema/identity.ts";
import * as words from "#words/words.ts";
import { isFromBusyNetwork } from "../auth/busy-network.ts";
import { issuersOfDomain } from "../auth/issuers-of-domain.ts";
import { query } from "../frame/define.ts";
import { invalid } from "../frame/errors.ts";
import { asDomain, emailDomain } from "../rules/people/email-domain.ts";

/** Where the people of an e-mail domain sign in; `ways` empty = no account has proven it. Throws `invalid` for what is no address. */
export const findWaysOfAddress = query({
  permission: "session:open",
  input: z.strictObject({ email: z.string().trim().toLowerCase().max(320) }),
  run: async (ctx, { email }) => {
    const domain = emailDomain(email);
    if (domain === null) throw invalid("email", words.errors.enterAnEmail);
    if (isFromBusyNetwork(ctx, "address")) throw invalid("email", words.errors.tooManyLookUps);
    return { domain, ways: await issuersOfDomain(ctx.db, domain) };
  },
});

/** The same for a page that was sent the domain; null = it is none, or too many were looked up. */
export const findWaysOfDomain = query({
  permission: "session:open",
  input: z.strictObject({ domain: z.string().max(300) }),
  run: async (ctx, input) => {
    const domain = asDomain(input.domain);
    if (domain === null || isFromBusyNetwork(ctx, "address")) return null;
    return { domain, ways: await issuersOfDomain(ctx.db, domain) };
  },
});

/** Whether any domain leads to an issuer, so that the sign-in page offers to look for one. */
export const leadsByDomain = query({
  permission: "session:open",
  input: z.strictObject({}),
  run: async (ctx) => {
    const [any] = await ctx.db
      .select({ id: accountDomain.id })
      .from(accountDomain)
      .where(isNotNull(accountDomain.provenAt))
      .limit(1);
    return any !== undefined;
  },
});
