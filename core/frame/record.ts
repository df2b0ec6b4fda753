import type { Transaction } from "#db/client.ts";
import { declarationOf, isTimelineFact } from "../facts/catalogue.ts";
import { type Declaration, subjectIdName } from "../facts/declare.ts";
import type { Fact } from "../facts/fact.ts";
import type { EventReach } from "../rules/vocabulary.ts";
import { appendAudit } from "./append-audit.ts";
import { appendCaseEvent } from "./append-case-event.ts";
import type { AuditNote, Ctx } from "./context.ts";
import { emit, notifyAccount, notifyProvider } from "./outbox.ts";

/**
 * Records what happened, in the transaction of its cause, to all that its declaration names: the audit log, the timeline of its
 * case, webhooks and the gates. The one place that honours silence. Returns the account's new standing version where the gates are
 * to read the account again, else null. Throws when the data is not what the catalogue declares.
 */
export async function record(ctx: Ctx, fact: Fact): Promise<number | null> {
  const declared = declarationOf(fact.name);
  const data = declared.data.parse(fact.data);
  if (declared.act !== undefined) await audit(ctx, auditNote(declared.act, declared, fact, data));
  const caseId = declared.subject === "case" ? fact.subjectId : fact.caseId;
  if (caseId && isTimelineFact(fact.name)) {
    const id = declared.subject === "case" ? {} : idOf(declared, fact);
    await appendCaseEvent(ctx, caseId, fact.name, { ...id, ...data });
  }
  if (declared.webhook) {
    const { type = fact.name, sends } = declared.webhook;
    const payload = {
      ...idOf(declared, fact),
      ...Object.fromEntries(sends.map((name) => [name, data[name]])),
    };
    await emit(ctx, { type, accountId: fact.accountId, reach: reachOf(declared, fact), payload });
  }
  if (declared.gates === "provider") await notifyProvider(ctx);
  return declared.gates === "account" && fact.accountId !== null ? notifyAccount(ctx, fact.accountId) : null;
}

async function audit(ctx: Ctx, note: AuditNote): Promise<void> {
  const row = { note, actor: ctx.actor };
  if (ctx.pending) ctx.pending.audit.push(row);
  else await appendAudit(ctx.db as Transaction, ctx, [row]);
}

function auditNote(action: string, { subject, keeps }: Declaration, fact: Fact, data: Fact["data"]): AuditNote {
  const { subjectId, accountId } = fact;
  const kept = keeps ? Object.fromEntries(keeps.map((name) => [name, data[name]])) : data;
  return { action, subjectKind: subject, subjectId, accountId, data: kept };
}

function reachOf({ audience, webhook }: Declaration, { isSilent }: Fact): EventReach {
  if (audience === "staff" || isSilent) return "provider";
  return webhook?.reach ?? "everyone";
}

function idOf({ subject }: Declaration, { subjectId }: Fact): Record<string, string> {
  return { [subjectIdName(subject)]: subjectId };
}
