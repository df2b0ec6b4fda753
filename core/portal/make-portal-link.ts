import { eq } from "drizzle-orm";
import { z } from "zod";
import { account } from "#db/schema/accounts.ts";
import { portalLink } from "#db/schema/ways-in.ts";
import * as deskWords from "#words/desk.ts";
import * as words from "#words/words.ts";
import { newLinkSecret } from "../auth/link-secret.ts";
import { fact } from "../facts/fact.ts";
import { command } from "../frame/define.ts";
import { AppError, invalid } from "../frame/errors.ts";
import { secondMs } from "../rules/time.ts";
import { memberRoles } from "../rules/vocabulary.ts";
import { publicUrl, setting } from "../runtime/env.ts";
import { pathInAccount, portalPath } from "./portal-path.ts";

/** Long enough for a redirect, too short for a link that is passed on. */
const validMs = 60 * secondMs;

/**
 * Makes a link with which the provider's own product lets one of its people into one account: once, within 60 seconds, without a
 * password. Whoever the provider names is believed to be in front of that browser, and nothing more: the address stays unproven.
 */
export const makePortalLink = command({
  permission: "portal:open",
  input: z.strictObject({
    accountId: z.uuid(),
    email: z.string().trim().toLowerCase().max(320).pipe(z.email(words.errors.enterEmailLike)),
    name: z.string().trim().min(1, words.errors.enterName).max(100),
    role: z.enum(memberRoles),
    /** Where the person lands, below the account's overview, like `/tokens`. */
    path: z.string().max(1_000).default("/"),
    /** Where "Back to" leads; on one of PORTAL_RETURN_ORIGINS. */
    returnUrl: z
      .url({ protocol: /^https?$/, error: words.errors.enterReturnUrl })
      .max(2_000)
      .optional(),
  }),
  run: async (ctx, { accountId, path, returnUrl = null, ...person }) => {
    const { actor } = ctx;
    if (actor.kind !== "staff" || !actor.key) throw new Error("Only a key makes portal links.");
    const [found] = await ctx.db.select({ erasedAt: account.erasedAt }).from(account).where(eq(account.id, accountId));
    if (!found) throw new AppError("not_found", deskWords.errors.accountUnknown);
    if (found.erasedAt) throw new AppError("conflict", deskWords.errors.accountIsErased);
    const landing = pathInAccount(path);
    if (landing === null) throw invalid("path", words.errors.pathOutside);
    if (returnUrl !== null) refuseForeign(returnUrl);
    const { secret, secretHash } = newLinkSecret();
    const expiresAt = new Date(ctx.now.getTime() + validMs);
    await ctx.db.insert(portalLink).values({
      ...{ ...person, secretHash, accountId, returnUrl, path: landing },
      ...{ keyId: actor.key.keyId, createdAt: ctx.now, expiresAt },
    });
    return { url: publicUrl() + portalPath(secret), expiresAt };
  },
  happened: ({ accountId, email, role }) =>
    fact("portal.link_made", { subjectId: accountId, accountId }, { email, role }),
});

function refuseForeign(returnUrl: string): void {
  const { origin, username, password } = new URL(returnUrl);
  if (!setting("PORTAL_RETURN_ORIGINS").includes(origin) || username !== "" || password !== "")
    throw invalid("returnUrl", words.errors.returnOrigin(origin));
}
