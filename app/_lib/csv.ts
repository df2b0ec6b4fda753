import "server-only";
import type { z } from "zod";
import type { Cell } from "#core/api/operation.ts";
import { csvOf } from "#core/api/write-csv.ts";
import type { Ctx } from "#core/frame/context.ts";
import type { UseCase } from "#core/frame/define.ts";
import { AppError, ProofNeeded } from "#core/frame/errors.ts";
import { memberCtxOrNull, staffCtxOrNull } from "./context.ts";
import { failureOf } from "./failure.ts";
import { proveFirst } from "./prove-first.ts";

type Options<Result> = {
  fileName: string;
  rows: (result: Result) => Cell[][];
  /** What the address means, where its parameters are not the fields of the use case. */
  read?: (address: Record<string, string>) => Record<string, unknown>;
};
type RouteContext = { params: Promise<{ account: string }> };

const statuses: Partial<Record<string, number>> = { invalid: 422, forbidden: 403 };

/** A query as a CSV file for a member. */
export function csv<Input extends z.ZodType, Result>(useCase: UseCase<Input, Result>, options: Options<Result>) {
  return async (request: Request, { params }: RouteContext): Promise<Response> =>
    csvFor(await memberCtxOrNull((await params).account), request, useCase, options);
}

/** A query as a CSV file for staff. */
export function staffCsv<Input extends z.ZodType, Result>(useCase: UseCase<Input, Result>, options: Options<Result>) {
  return async (request: Request): Promise<Response> => csvFor(await staffCtxOrNull(), request, useCase, options);
}

/** The input is the address's parameters; what they get wrong is said in plain text. */
async function csvFor<Input extends z.ZodType, Result>(
  ctx: Ctx | null,
  request: Request,
  useCase: UseCase<Input, Result>,
  { fileName, rows, read = (address) => address }: Options<Result>,
): Promise<Response> {
  if (!ctx) return new Response("Nothing to see here, or you are not signed in.\n", { status: 404 });
  try {
    const input = read(Object.fromEntries(new URL(request.url).searchParams));
    return new Response(csvOf(rows(await useCase.fromUnknown(ctx, input))), {
      headers: {
        "content-type": "text/csv; charset=utf-8",
        "content-disposition": `attachment; filename="${fileName}"`,
        "cache-control": "no-store",
      },
    });
  } catch (error) {
    if (error instanceof ProofNeeded) return proveFirst(request);
    const failure = failureOf(error, ctx.requestId);
    const status = error instanceof AppError ? (statuses[error.code] ?? 500) : 500;
    return new Response(`${failure.message}\n`, { status, headers: { "content-type": "text/plain; charset=utf-8" } });
  }
}
