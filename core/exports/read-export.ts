import { and, asc, eq, gt } from "drizzle-orm";
import { z } from "zod";
import { accountExport, exportChunk } from "#db/schema/exports.ts";
import { query } from "../frame/define.ts";
import { notFound } from "../frame/errors.ts";
import { numberOrText } from "../frame/given-as-text.ts";
import { accountOf } from "../frame/scope.ts";

/** An archive that is ready, part by part: `position` is the part wanted, null = there is no such part. */
export const readExport = query({
  permission: "exports:read",
  // Asked of the first part: a long download must not break off in its middle.
  needsProof: ({ position }) => position === 0,
  input: z.strictObject({ exportId: z.uuid(), position: numberOrText(z.number().int().min(0)).default(0) }),
  run: async (ctx, { exportId, position }) => {
    const [found] = await ctx.db
      .select({ bytes: accountExport.bytes, createdAt: accountExport.createdAt })
      .from(accountExport)
      .where(
        and(
          eq(accountExport.id, exportId),
          eq(accountExport.accountId, accountOf(ctx, undefined)),
          eq(accountExport.state, "done"),
          gt(accountExport.expiresAt, ctx.now),
        ),
      );
    if (!found) throw notFound("export");
    const [chunk] = await ctx.db
      .select({ bytes: exportChunk.bytes })
      .from(exportChunk)
      .where(and(eq(exportChunk.exportId, exportId), eq(exportChunk.position, position)))
      .orderBy(asc(exportChunk.position));
    return { ...found, part: chunk?.bytes ?? null };
  },
});
