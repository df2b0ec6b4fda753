import { randomBytes } from "node:crypto";
import { z } from "zod";
import { staffKey } from "#db/schema/api.ts";
import { command } from "../define.ts";
import { AppError, invalid } from "../errors.ts";
import { hashToken } from "../gate/hash-token.ts";
import { grantableKeyScopes, staffKeyScopes } from "../permissions.ts";
import { mintToken, tokenPreview } from "../rules/token.ts";

const known = new Set(staffKeyScopes());

/** Makes a key with which the person's own automation acts as them. The result holds it, the only time it can be seen. */
export const createKey = command({
  permission: "keys:write",
  input: z.strictObject({
    name: z.string().trim().min(1, "Name what uses it, like nightly-export.").max(50, "Use at most 50 characters."),
    scopes: z
      .array(z.string().refine((name) => known.has(name), "There is no such scope."))
      .min(1, "Choose at least one scope.")
      .max(known.size),
    /** Null = never. */
    expiresAt: z.coerce.date().nullable().default(null),
  }),
  run: async (ctx, { name, scopes, expiresAt }) => {
    const { actor } = ctx;
    if (actor.kind !== "staff" || actor.key) throw new AppError("forbidden", "Keys are made by people, signed in.");
    const own = grantableKeyScopes(actor);
    const beyond = scopes.find((scope) => !own.includes(scope));
    if (beyond) throw invalid("scopes", `Your role does not have ${beyond}, so a key of yours cannot.`);
    if (expiresAt && expiresAt <= ctx.now) throw invalid("expiresAt", "Choose a time in the future.");
    const secret = mintToken("staff", randomBytes);
    const preview = tokenPreview(secret);
    const [made] = await ctx.db
      .insert(staffKey)
      .values({ name, userId: actor.userId, scopes, expiresAt, hash: hashToken(secret), preview, createdAt: ctx.now })
      .returning({ id: staffKey.id });
    if (!made) throw new Error("The key row was not written.");
    return { keyId: made.id, name, preview, secret };
  },
  audit: ({ scopes, expiresAt }, { keyId, name, preview }) => ({
    action: "staff_key.create",
    subjectKind: "staff_key",
    subjectId: keyId,
    accountId: null,
    data: { name, preview, scopes, expiresAt: expiresAt?.toISOString() ?? null },
  }),
});
