import "server-only";
import { readBody } from "#core/api/read-body.ts";
import { AppError } from "#core/frame/errors.ts";
import { publicUrl } from "#core/runtime/env.ts";
import { logger } from "#core/runtime/log.ts";
import { beginProof, beginSignIn } from "#core/single-sign-on/begin.ts";
import { finishProof, finishSignIn, type SignInFault } from "#core/single-sign-on/finish.ts";
import { endByIssuer } from "#core/single-sign-on/logout.ts";
import { userCtxOrNull, visitorCtx } from "./context.ts";
import { enter } from "./enter.ts";
import { keepFlow, takeFlow } from "./flow-cookie.ts";
import { safeNext } from "./landing.ts";

const log = logger("single-sign-on");

type Params = { params: Promise<{ provider: string }> };
type Fault = SignInFault | "held";

/** Where a proof leads that was asked for in a window of its own. */
const provenPath = "/me/proven";

const go = (address: string) =>
  new Response(null, { status: 302, headers: { location: address, "cache-control": "no-store" } });

/** Back to the page it began on, which says why. The public address: behind a proxy, the request's own is another. */
function sayNo(reason: Fault, providerId: string, isProof: boolean): Response {
  const path = isProof ? provenPath : "/sign-in";
  return go(`${publicUrl()}${path}?${new URLSearchParams({ fault: reason, issuer: providerId })}`);
}

/** Sends the browser to an issuer. A link like any other: it changes nothing, and works without script. */
async function begin(request: Request, { params }: Params): Promise<Response> {
  const { provider } = await params;
  return answer(provider, false, async () => {
    const next = safeNext(new URL(request.url).searchParams.get("next"));
    const begun = await beginSignIn.fromUnknown(await visitorCtx(), { providerId: provider, next });
    if (!begun.ok) return sayNo(begun.reason, provider, false);
    await keepFlow(begun.flow);
    return go(begun.address);
  });
}

/** Sends a signed-in person to the issuer they came in through, to prove that it is them. */
async function beginAgain(request: Request): Promise<Response> {
  return answer("", true, async () => {
    const ctx = await userCtxOrNull();
    if (!ctx) return go(`${publicUrl()}/sign-in`);
    const begun = await beginProof(ctx, { next: safeNext(new URL(request.url).searchParams.get("next")) });
    if (!begun.ok) return sayNo(begun.reason, "", true);
    await keepFlow(begun.flow);
    return go(begun.address);
  });
}

/** Takes the browser back from an issuer. */
async function finish(request: Request, { params }: Params): Promise<Response> {
  const { provider } = await params;
  const flow = await takeFlow();
  if (flow?.providerId !== provider) return sayNo("over", provider, false);
  const isProof = flow.sessionId !== null;
  return answer(provider, isProof, async () => {
    const given = { flow, search: new URL(request.url).search };
    if (isProof) {
      const ctx = await userCtxOrNull();
      const proven = ctx ? await finishProof(ctx, given) : ({ ok: false, reason: "over" } as const);
      return proven.ok
        ? go(`${publicUrl()}${safeNext(flow.next) ?? provenPath}`)
        : sayNo(proven.reason, provider, true);
    }
    const signedIn = await finishSignIn(await visitorCtx(), given);
    if (!signedIn.ok) return sayNo(signedIn.reason, provider, false);
    await enter(signedIn);
    return go(`${publicUrl()}${safeNext(flow.next) ?? "/"}`);
  });
}

/** The steps of signing in through an issuer, each a route. */
const steps = { begin, beginAgain, finish, endSessions };

export function singleSignOn(step: keyof typeof steps): (request: Request, given: Params) => Promise<Response> {
  return steps[step];
}

const largestLogoutBytes = 32 * 1_024;

/** An issuer says that a person has signed out there (OpenID Connect Back-Channel Logout 1.0, 2.8). */
async function endSessions(request: Request, { params }: Params): Promise<Response> {
  const { provider } = await params;
  const headers = { "cache-control": "no-store" };
  try {
    const form = new URLSearchParams((await readBody(request, largestLogoutBytes)).toString("utf8"));
    const input = { providerId: provider, logoutToken: form.get("logout_token") ?? "" };
    const { isAccepted } = await endByIssuer.fromUnknown(await visitorCtx(), input);
    if (isAccepted) return new Response(null, { status: 200, headers });
  } catch (error) {
    if (!(error instanceof AppError)) log.error({ err: error }, "A logout token could not be read");
  }
  return Response.json({ error: "invalid_request" }, { status: 400, headers });
}

/** What goes wrong is said on a page, not in an answer that nobody reads. */
async function answer(provider: string, isProof: boolean, run: () => Promise<Response>): Promise<Response> {
  try {
    return await run();
  } catch (error) {
    if (!(error instanceof AppError)) log.error({ err: error }, "Signing in through an issuer failed");
    const isHeld = error instanceof AppError && error.code === "conflict";
    return sayNo(isHeld ? "held" : "invalid", provider, isProof);
  }
}
