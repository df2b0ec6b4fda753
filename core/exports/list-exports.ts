import { desc, eq } from "drizzle-orm";
import { z } from "zod";
import { user } from "#db/schema/auth.ts";
import { accountExport } from "#db/schema/exports.ts";
import { query } from "../frame/define.ts";
import { accountOf } from "../frame/scope.ts";

/** The account's exports, newest first, with how far each is. */
export const listExports = query({
  permission: "exports:read",
  input: z.strictObject({}),
  run: (ctx) =>
    ctx.db
      .select({
        id: accountExport.id,
        state: accountExport.state,
        filesDone: accountExport.filesDone,
        filesTotal: accountExport.filesTotal,
        rows: accountExport.rows,
        bytes: accountExport.bytes,
        createdAt: accountExport.createdAt,
        finishedAt: accountExport.finishedAt,
        expiresAt: accountExport.expiresAt,
        requestedBy: user.name,
      })
      .from(accountExport)
      .leftJoin(user, eq(user.id, accountExport.requestedByUserId))
      .where(eq(accountExport.accountId, accountOf(ctx, undefined)))
      .orderBy(desc(accountExport.createdAt))
      .limit(20),
});

export type ExportRow = Awaited<ReturnType<typeof listExports>>[number];
