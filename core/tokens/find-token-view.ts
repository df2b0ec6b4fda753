import { and, eq, gt, isNull } from "drizzle-orm";
import type { Queryable } from "#db/client.ts";
import { tokenSecret } from "#db/schema/tokens.ts";
import { tokenView } from "#db/schema/ways-in.ts";
import type { SecretStop } from "../rules/tokens/secret-stop.ts";
import { setting } from "../runtime/env.ts";
import { judgeSecret } from "./judge-secret.ts";

export type FoundView = {
  viewId: string;
  expiresAt: Date;
  of: { tokenId: string; accountId: string; name: string };
  /** Set = the token does not work now, and nothing of it is shown. */
  stop: SecretStop | null;
};

/**
 * The token that a browser looks at; null = the view was ended, is over, or never was. Read on every request, so that revoking the token,
 * pausing it, retiring the secret or closing the account takes effect with the next one.
 */
export async function findTokenView(
  db: Queryable,
  viewId: string,
  { ip, now }: { ip: string | null; now: Date },
): Promise<FoundView | null> {
  if (!setting("TOKEN_SIGN_IN")) return null;
  const [view] = await db
    .select({ secretId: tokenView.secretId, expiresAt: tokenView.expiresAt })
    .from(tokenView)
    .where(and(eq(tokenView.id, viewId), isNull(tokenView.endedAt), gt(tokenView.expiresAt, now)));
  const judged = view && (await judgeSecret(db, eq(tokenSecret.id, view.secretId), ip, now));
  if (!judged) return null;
  const { tokenId, accountId, name, stop } = judged;
  return { viewId, expiresAt: view.expiresAt, of: { tokenId, accountId, name }, stop };
}
