import "server-only";
import type { z } from "zod";
import type { Cell } from "#core/api/operation.ts";
import { csvOf } from "#core/api/write-csv.ts";
import type { UseCase } from "#core/define.ts";
import { AppError } from "#core/errors.ts";
import { memberCtxOrNull } from "./context.ts";
import { failureOf } from "./failure.ts";

type RouteContext = { params: Promise<{ account: string }> };

/** A query as a CSV file for a member. Its input is the address's parameters; what they get wrong is said in plain text. */
export function csv<Input extends z.ZodType, Result>(
  useCase: UseCase<Input, Result>,
  options: { fileName: string; rows: (result: Result) => Cell[][] },
) {
  return async (request: Request, { params }: RouteContext): Promise<Response> => {
    const ctx = await memberCtxOrNull((await params).account);
    if (!ctx) return new Response("There is no such account, or you are not signed in.\n", { status: 404 });
    try {
      const input = Object.fromEntries(new URL(request.url).searchParams);
      const rows = options.rows(await useCase.fromUnknown(ctx, input));
      return new Response(csvOf(rows), {
        headers: {
          "content-type": "text/csv; charset=utf-8",
          "content-disposition": `attachment; filename="${options.fileName}"`,
          "cache-control": "no-store",
        },
      });
    } catch (error) {
      const failure = failureOf(error, ctx.requestId);
      const status = error instanceof AppError && error.code === "invalid" ? 422 : 500;
      return new Response(`${failure.message}\n`, { status, headers: { "content-type": "text/plain; charset=utf-8" } });
    }
  };
}
