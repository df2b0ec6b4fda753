import "server-only";
import { readExport } from "#core/exports/read-export.ts";
import { ProofNeeded } from "#core/frame/errors.ts";
import { memberCtxOrNull } from "./context.ts";
import { proveFirst } from "./prove-first.ts";

type RouteContext = { params: Promise<{ account: string; exportId: string }> };

/** An archive as one file, read from the database part by part while it is sent. A member of another account gets a miss. */
export function download(fileName: (account: string, at: Date) => string) {
  return async (request: Request, { params }: RouteContext): Promise<Response> => {
    const { account, exportId } = await params;
    const ctx = await memberCtxOrNull(account);
    const missing = () => new Response("There is no such file, or you cannot see it.\n", { status: 404 });
    if (!ctx) return missing();
    const part = (position: number) => readExport.fromUnknown(ctx, { exportId, position });
    const first = await part(0).catch((error) => (error instanceof ProofNeeded ? proveFirst(request) : null));
    if (first instanceof Response) return first;
    if (!first) return missing();
    let position = 0;
    const body = new ReadableStream<Uint8Array>({
      async pull(controller) {
        const bytes = position === 0 ? first.part : (await part(position)).part;
        position += 1;
        if (bytes === null) controller.close();
        else controller.enqueue(new Uint8Array(bytes));
      },
    });
    return new Response(body, {
      headers: {
        "content-type": "application/zip",
        "content-length": String(first.bytes),
        "content-disposition": `attachment; filename="${fileName(account, first.createdAt)}"`,
        "cache-control": "no-store",
      },
    });
  };
}
