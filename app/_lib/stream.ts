import "server-only";
import type { z } from "zod";
import { findMembership } from "#core/accounts/find-membership.ts";
import { findSession } from "#core/auth/find-session.ts";
import type { Ctx } from "#core/frame/context.ts";
import type { UseCase } from "#core/frame/define.ts";
import { memberCtxOrNull, staffCtxOrNull } from "./context.ts";
import { failureOf } from "./failure.ts";

/** A stream is closed after this long; the browser opens it again by itself, and a forgotten one does not live for ever. */
const longestMs = 10 * 60_000;

type Options = { as: "member" | "staff"; everyMs: number };
type RouteContext = { params: Promise<Record<string, string | string[] | undefined>> };

/**
 * Server-sent events over a query: its result now and again every `everyMs`, as `data:` lines. The session and the membership
 * are read again before each, so ending a session or changing a role ends its streams; the browser opens them again as what
 * the person may see now.
 */
export function stream<Input extends z.ZodType, Result>(useCase: UseCase<Input, Result>, { as, everyMs }: Options) {
  return async (request: Request, { params }: RouteContext): Promise<Response> => {
    const { account, ...input } = await params;
    const slug = typeof account === "string" ? account : "";
    const first = as === "member" ? await memberCtxOrNull(slug) : await staffCtxOrNull();
    if (!first) return new Response("Nothing to see here, or you are not signed in.\n", { status: 404 });
    const startedMs = Date.now();
    const encoder = new TextEncoder();
    let timer: NodeJS.Timeout | undefined;
    const body = new ReadableStream<Uint8Array>({
      start(controller) {
        const close = () => {
          clearTimeout(timer);
          if (!request.signal.aborted) controller.close();
        };
        request.signal.addEventListener("abort", () => clearTimeout(timer));
        const turn = async (): Promise<void> => {
          const ctx = { ...first, now: new Date(), requestId: crypto.randomUUID() };
          if (request.signal.aborted) return;
          if (Date.now() - startedMs > longestMs || !(await isStillAllowed(ctx, slug))) return close();
          const result = await useCase.fromUnknown(ctx, input);
          if (request.signal.aborted) return;
          controller.enqueue(encoder.encode(`data: ${JSON.stringify(result)}\n\n`));
          timer = setTimeout(() => void next(), everyMs);
        };
        const next = () =>
          turn().catch((error) => {
            // A database that is away for a moment: keep the stream and try again.
            failureOf(error, first.requestId);
            timer = setTimeout(() => void next(), 5 * everyMs);
          });
        void next();
      },
      cancel: () => clearTimeout(timer),
    });
    return new Response(body, {
      headers: { "content-type": "text/event-stream", "cache-control": "no-store", "x-accel-buffering": "no" },
    });
  };
}

async function isStillAllowed(ctx: Ctx, slug: string): Promise<boolean> {
  const { actor } = ctx;
  if (actor.kind !== "member" && actor.kind !== "staff") return false;
  if (actor.sessionId === null) return false;
  const session = await findSession(ctx.db, actor.sessionId, ctx.now, { isUse: false });
  if (!session) return false;
  if (actor.kind === "staff") return session.staffRole === actor.role;
  const membership = await findMembership(ctx.db, session, slug);
  return membership?.accountId === actor.accountId && membership.role === actor.role && membership.onlyThrough === null;
}
