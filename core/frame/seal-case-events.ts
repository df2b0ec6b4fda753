import { createHash } from "node:crypto";
import { canonicalJson } from "./append-audit.ts";
import type { Actor, Pending } from "./context.ts";

type CaseEventRow = {
  id: number;
  caseId: string;
  at: Date;
  type: string;
  actorKind: string;
  actorUserId: string | null;
  actorName: string;
  data: unknown;
  /** Null = from before there were salts. */
  salt: string | null;
};

/** SHA-256, hex, of one event of a case's timeline. */
export function caseEventHash({ salt, ...row }: CaseEventRow): string {
  const data = JSON.parse(JSON.stringify(row.data)) as unknown;
  const facts = { ...row, at: row.at.toISOString(), data, salt: salt ?? undefined };
  return createHash("sha256").update(canonicalJson(facts)).digest("hex");
}

/** The audit notes of a transaction with the hashes of its case events: on the last note, or on one of their own. */
export function sealCaseEvents(pending: Pending, actor: Actor): Pending["audit"] {
  const { audit, caseEvents } = pending;
  if (caseEvents.length === 0) return audit;
  const last = audit.at(-1);
  if (!last) {
    const note = {
      ...{ action: "case.record", subjectKind: "case", subjectId: "many", accountId: null },
      data: { caseEvents },
    };
    return [{ note, actor }];
  }
  const note = { ...last.note, data: { ...last.note.data, caseEvents } };
  return [...audit.slice(0, -1), { ...last, note }];
}
