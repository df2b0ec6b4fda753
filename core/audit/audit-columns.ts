import { auditEvent } from "#db/schema/audit.ts";

/** What the hash of an event is made from, with its salt and the hash itself: for whoever recomputes or seals it. */
export const auditColumns = {
  id: auditEvent.id,
  at: auditEvent.at,
  accountId: auditEvent.accountId,
  actorKind: auditEvent.actorKind,
  actorUserId: auditEvent.actorUserId,
  actorName: auditEvent.actorName,
  action: auditEvent.action,
  subjectKind: auditEvent.subjectKind,
  subjectId: auditEvent.subjectId,
  data: auditEvent.data,
  requestId: auditEvent.requestId,
  ip: auditEvent.ip,
  salt: auditEvent.salt,
  hash: auditEvent.hash,
};
