import type { BrowserContext } from "@playwright/test";
import { jobCtx } from "#core/frame/context.ts";
import { createToken } from "#core/tokens/create-token.ts";
import { running } from "./running.ts";
import { addMember, database, makeAccount, makePerson, type Person, signIn } from "./sign-in.ts";

/** An account with its owner signed in, and calls at the gate: what the owner's screens are tested with. */

export type Owned = { accountId: string; slug: string; name: string; owner: Person };

export async function ownAccount(context: BrowserContext, name: string, plan?: string): Promise<Owned> {
  const account = await makeAccount(name, plan);
  const owner = await makePerson(`${name} Owner`);
  await addMember(account.accountId, owner, "owner");
  await signIn(context, owner);
  return { ...account, owner };
}

/** A token that is there before the browser looks. */
export async function makeToken(accountId: string, name: string, scopes: string[] = ["email:send"]) {
  return createToken(jobCtx(database().db, "e2e", new Date()), { accountId, name, scopes });
}

export type GateAnswer = { allowed: boolean; code: string; receipt: string | null };

/** Asks the running gate, as a gateway does. */
export async function callGate(
  token: string,
  { method = "POST", path = "/v1/email" }: { method?: string; path?: string } = {},
): Promise<GateAnswer> {
  const answer = await fetch(`${running().gateUrl}/v1/verify`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ token, method, path, ip: "203.0.113.9", user_agent: "e2e-client/1.0" }),
  });
  return (await answer.json()) as GateAnswer;
}
