import "server-only";
import { listMyAccounts } from "#core/accounts/list-my-accounts.ts";
import { currentSession, secondStepPath, userCtxOrNull } from "./context.ts";

/** Where a signed-in person belongs: staff to their queue, members to their account, those with several to a choice. */
export async function landingPath(): Promise<string> {
  const session = await currentSession();
  const ctx = await userCtxOrNull();
  if (!session || !ctx) return "/sign-in";
  if (session.portal) return `/a/${session.portal.accountSlug}`;
  if (session.staffRole) return "/staff/cases";
  if (session.lacksSecondStep) return secondStepPath;
  const accounts = await listMyAccounts(ctx, {});
  const [only, ...more] = accounts;
  return only && more.length === 0 ? `/a/${only.slug}` : "/accounts";
}

/** A path inside Gatehouse to go on to after signing in; anything else is not followed. */
export function safeNext(next: unknown): string | null {
  if (typeof next !== "string" || !/^\/(?![/\\])/.test(next) || next.includes("\\")) return null;
  // The parser's word counts: what it does not read as our own address is not one.
  const base = "http://gatehouse.invalid";
  return URL.canParse(next, base) && new URL(next, base).origin === base && !next.startsWith("/sign-in") ? next : null;
}
