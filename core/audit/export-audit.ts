import { and, asc, gte, lt } from "drizzle-orm";
import { z } from "zod";
import { auditEvent } from "#db/schema/audit.ts";
import * as words from "#words/words.ts";
import { query } from "../frame/define.ts";

const most = 50_000;

/** Audit events of a month with their hashes, the oldest first, to be kept elsewhere and compared. At most 50,000. */
export const exportAudit = query({
  permission: "audit:export",
  needsProof: true,
  input: z.strictObject({ month: z.string().regex(/^\d{4}-(0[1-9]|1[0-2])$/, words.errors.chooseMonth) }),
  run: (ctx, { month }) => {
    const from = new Date(`${month}-01T00:00:00Z`);
    const to = new Date(Date.UTC(from.getUTCFullYear(), from.getUTCMonth() + 1, 1));
    return ctx.db
      .select({
        id: auditEvent.id,
        at: auditEvent.at,
        actorKind: auditEvent.actorKind,
        actorName: auditEvent.actorName,
        action: auditEvent.action,
        subjectKind: auditEvent.subjectKind,
        subjectId: auditEvent.subjectId,
        accountId: auditEvent.accountId,
        data: auditEvent.data,
        requestId: auditEvent.requestId,
        hash: auditEvent.hash,
      })
      .from(auditEvent)
      .where(and(gte(auditEvent.at, from), lt(auditEvent.at, to)))
      .orderBy(asc(auditEvent.id))
      .limit(most);
  },
});
