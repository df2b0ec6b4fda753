import { randomBytes } from "node:crypto";
import { z } from "zod";
import { staffKey } from "#db/schema/api.ts";
import * as deskWords from "#words/desk.ts";
import * as words from "#words/words.ts";
import { fact } from "../facts/fact.ts";
import { command } from "../frame/define.ts";
import { AppError, invalid } from "../frame/errors.ts";
import { endOrText } from "../frame/given-as-text.ts";
import { grantableKeyScopes, staffKeyScopes } from "../frame/permissions.ts";
import { hashToken } from "../gate/state/hash-token.ts";
import { dayMs, hourMs } from "../rules/time.ts";
import { mintToken, tokenPreview } from "../rules/tokens/token.ts";
import { staffKeyKinds } from "../rules/vocabulary.ts";
import { staffKeyMaxMs } from "../runtime/env.ts";

const known = new Set(staffKeyKinds.flatMap(staffKeyScopes));
/** A working day: a personal key can do what its owner can, and is not guarded by a second factor at each use. */
const longestPersonalMs = 12 * hourMs;

/**
 * Makes a key: for the person's own automation, which acts as them but never suspends, or for themselves at a terminal, with
 * their role and for at most 12 hours. The result holds it, the only time it can be seen.
 */
export const createKey = command({
  permission: "keys:write",
  needsProof: true,
  input: z.strictObject({
    name: z.string().trim().min(1, deskWords.errors.nameKey).max(50),
    scopes: z
      .array(z.string().refine((name) => known.has(name), deskWords.errors.scopeUnknown))
      .min(1, deskWords.errors.chooseScope)
      .max(known.size),
    kind: z.enum(staffKeyKinds).default("automation"),
    /** Null = as late as keys of its kind may. */
    expiresAt: endOrText().nullable().default(null),
  }),
  run: async (ctx, { name, scopes, kind, ...given }) => {
    const { actor } = ctx;
    if (actor.kind !== "staff" || actor.key) throw new AppError("forbidden", deskWords.errors.keysByPeople);
    const own = grantableKeyScopes(actor, kind);
    const beyond = scopes.find((scope) => !own.includes(scope));
    if (beyond) throw invalid("scopes", deskWords.errors.scopeBeyondKey(kind, beyond));
    const longestMs = kind === "personal" ? longestPersonalMs : staffKeyMaxMs();
    const latest = new Date(ctx.now.getTime() + longestMs);
    const expiresAt = given.expiresAt ?? latest;
    if (expiresAt <= ctx.now) throw invalid("expiresAt", words.errors.chooseFuture);
    if (expiresAt > latest) {
      const tooLong = words.errors.keyTooLong(Math.floor(longestMs / dayMs));
      throw invalid("expiresAt", kind === "personal" ? deskWords.errors.personalKeyTooLong : tooLong);
    }
    const secret = mintToken("staff", randomBytes);
    const preview = tokenPreview(secret);
    const [made] = await ctx.db
      .insert(staffKey)
      .values({
        name,
        userId: actor.userId,
        kind,
        scopes,
        expiresAt,
        hash: hashToken(secret),
        preview,
        createdAt: ctx.now,
      })
      .returning({ id: staffKey.id });
    if (!made) throw new Error("The key row was not written.");
    return { keyId: made.id, name, preview, secret, expiresAt };
  },
  happened: ({ scopes, kind }, { keyId, name, preview, expiresAt }) =>
    fact(
      "staff_key.created",
      { subjectId: keyId, accountId: null },
      { name, preview, kind, scopes, expiresAt: expiresAt.toISOString() },
    ),
});
