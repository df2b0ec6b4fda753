import "server-only";
import { cookies, headers } from "next/headers";
import { notFound, redirect } from "next/navigation";
import { cache } from "react";
import { clientAddress } from "#app/_server/client-address.ts";
import { findMembership, type Membership } from "#core/accounts/find-membership.ts";
import { type FoundSession, findSession } from "#core/auth/find-session.ts";
import type { Actor, Ctx } from "#core/frame/context.ts";
import { type FoundView, findTokenView } from "#core/tokens/find-token-view.ts";
import { cameByPortal, sessionCookieName, sessionIdIn } from "./auth.ts";
import { database } from "./database.ts";
import { provenDevices } from "./device-cookie.ts";
import { isFramed } from "./frame.ts";
import { frameSessionId } from "./frame-cookie.ts";
import { tokenViewId } from "./token-view-cookie.ts";

/** The only place where an actor is made from a request. Every function reads the session's row anew per request. */

/** Whoever is signed in with this browser, also where the page must not show them. */
export const browserSession = cache(async (): Promise<FoundSession | null> => {
  const sessionId = await sessionIdIn((await cookies()).get(sessionCookieName())?.value);
  return sessionId === null ? null : findSession(database().db, sessionId, new Date());
});

/** In a frame only a session that the provider's product opened: an ordinary one could be made to click there. */
export const currentSession = cache(async (): Promise<FoundSession | null> => {
  const session = await browserSession();
  if (session && (session.portal || !(await isFramed()))) return session;
  const framedId = session ? null : await frameSessionId();
  const framed = framedId === null ? null : await findSession(database().db, framedId, new Date());
  return framed?.portal ? framed : null;
});

export async function contextFor(actor: Actor): Promise<Ctx> {
  const given = await headers();
  return {
    actor,
    db: database().db,
    now: new Date(),
    requestId: given.get("x-request-id") ?? crypto.randomUUID(),
    ip: clientAddress(given),
    userAgent: given.get("user-agent"),
  };
}

export async function visitorCtx(): Promise<Ctx> {
  return { ...(await contextFor({ kind: "visitor" })), devices: await provenDevices() };
}

/** A signed-in person, for what concerns only themselves; null = not signed in. */
export async function userCtxOrNull(): Promise<Ctx | null> {
  const session = await currentSession();
  if (!session) return null;
  const { userId, sessionId, name, email } = session;
  return contextFor({ kind: "user", userId, sessionId, name, email, ...portalMark(session) });
}

const portalMark = ({ portal }: FoundSession) => (portal === null ? {} : { isPortal: true as const });

const membershipOf = cache(
  (session: FoundSession, slug: string): Promise<Membership | null> => findMembership(database().db, session, slug),
);

/** The person as a member of the account with this slug; null = not signed in or no member of it. */
export async function memberCtxOrNull(slug: string): Promise<(Ctx & { membership: Membership }) | null> {
  const session = await currentSession();
  if (!session) return null;
  const membership = await membershipOf(session, slug);
  if (!membership || membership.onlyThrough) return null;
  const { userId, sessionId, name } = session;
  const { accountId, role } = membership;
  const actor = { kind: "member" as const, userId, sessionId, name, accountId, role, ...portalMark(session) };
  return { ...(await contextFor(actor)), membership };
}

/** Where staff set up the second step without which they reach nothing else of the desk. */
export const secondStepPath = "/me/second-step";

/** The person as staff; null = not signed in, not staff, or without the second step that staff need. The same context for all that one request reads. */
export const staffCtxOrNull = cache(async (): Promise<Ctx | null> => {
  const session = await currentSession();
  if (!session?.staffRole) return null;
  const { userId, sessionId, name, staffRole } = session;
  return contextFor({ kind: "staff", userId, sessionId, name, role: staffRole });
});

/** The token that this browser looks at, also when it does not work now; null = none. */
export const findView = cache(async (): Promise<FoundView | null> => {
  const viewId = await tokenViewId();
  if (viewId === null) return null;
  return findTokenView(database().db, viewId, { ip: clientAddress(await headers()), now: new Date() });
});

/** Whoever looks at a token that works; null = nobody does. */
export const tokenViewCtx = cache(async (): Promise<(Ctx & { of: FoundView["of"] }) | null> => {
  const view = await findView();
  if (!view || view.stop) return null;
  const { viewId, of } = view;
  return { ...(await contextFor({ kind: "token_view", viewId, of })), of };
});

/** For pages: sends visitors to sign in and answers 404 to those whose account it is not, so that existence does not leak. */
export async function memberPageCtx(slug: string): Promise<Ctx & { membership: Membership }> {
  const ctx = await memberCtxOrNull(slug);
  if (ctx) return ctx;
  const session = await currentSession();
  if (session && (await membershipOf(session, slug))?.onlyThrough) await askForIssuer();
  return refusePage();
}

export async function staffPageCtx(): Promise<Ctx> {
  const ctx = await staffCtxOrNull();
  if (ctx) return ctx;
  const session = await currentSession();
  if (session?.lacksIssuer) await askForIssuer();
  if (session?.lacksSecondStep) redirect(secondStepPath);
  return refusePage();
}

export async function userPageCtx(): Promise<Ctx> {
  // What belongs to the person is out of reach for a session that the provider's product opened.
  if ((await currentSession())?.portal) notFound();
  return (await userCtxOrNull()) ?? refusePage();
}

/** To the page that names the issuers through which it is entered, and back from there. */
async function askForIssuer(): Promise<never> {
  redirect(`/single-sign-on?next=${encodeURIComponent(await pathOfPage())}`);
}

const pathOfPage = async () => (await headers()).get("x-path") ?? "/";

async function refusePage(): Promise<never> {
  if (await currentSession()) notFound();
  if ((await cameByPortal()) || (await frameSessionId()) !== null || (await isFramed())) redirect("/portal");
  redirect(`/sign-in?next=${encodeURIComponent(await pathOfPage())}`);
}
