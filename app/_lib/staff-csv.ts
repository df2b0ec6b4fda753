import "server-only";
import type { z } from "zod";
import type { Cell } from "#core/api/operation.ts";
import { csvOf } from "#core/api/write-csv.ts";
import type { UseCase } from "#core/define.ts";
import { AppError } from "#core/errors.ts";
import { staffCtxOrNull } from "./context.ts";
import { failureOf } from "./failure.ts";

const statuses: Partial<Record<string, number>> = { invalid: 422, forbidden: 403 };

/** A query as a CSV file for staff. Its input is the address's parameters; what they get wrong is said in plain text. */
export function staffCsv<Input extends z.ZodType, Result>(
  useCase: UseCase<Input, Result>,
  options: { fileName: string; rows: (result: Result) => Cell[][] },
) {
  return async (request: Request): Promise<Response> => {
    const ctx = await staffCtxOrNull();
    if (!ctx) return new Response("There is nothing to see here, or you are not signed in.\n", { status: 404 });
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
      const status = error instanceof AppError ? (statuses[error.code] ?? 500) : 500;
      return new Response(`${failure.message}\n`, { status, headers: { "content-type": "text/plain; charset=utf-8" } });
    }
  };
}
