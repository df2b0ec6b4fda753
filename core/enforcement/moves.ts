import type { action } from "#db/schema/enforcement.ts";
import { type About, type Fact, fact } from "../facts/fact.ts";
import type { ActionEvent } from "../rules/standing/action-machine.ts";
import type { ActionState, NoticeKind } from "../rules/vocabulary.ts";

type Row = typeof action.$inferSelect;

/** An action as a transition finds it. */
export type Found = Pick<
  Row,
  | "state"
  | "accountId"
  | "caseId"
  | "type"
  | "isSilent"
  | "effectiveAt"
  | "endsAt"
  | "lapsesAt"
  | "reasonCode"
  | "surface"
  | "tokenId"
  | "endpointId"
  | "factor"
  | "noticeDueAt"
  | "replacesActionId"
  | "authorUserId"
  | "evidenceHash"
>;

/** The same with what the transition changes. */
export type After = Found & { from: ActionState; reason: string | null };

/** What a transition is told beside its event. */
export type Details = {
  /** Why it ends, for staff; the owner reads the notice. */
  reason?: string;
  /** Columns that change with it. */
  set?: Partial<Pick<Row, "endsAt" | "lapsesAt" | "wantedEndsAt" | "approverUserId" | "confirmedAt">>;
  /** Sent to the account in place of the notice that the event has. */
  notice?: { kind: NoticeKind; text: string };
  /** Why a second person is needed. */
  why?: string;
  /** Which gates confirmed, and how long the last one took; null = since its own start. */
  confirmed?: { gates: number; milliseconds: number | null };
};

/** What follows from one event of the machine: the fact that is recorded, and the notice the account gets. */
export type Move = {
  fact: (after: After, about: About, details: Details) => Fact;
  notice: NoticeKind | null | ((after: After, before: Found) => NoticeKind | null);
};

const iso = (at: Date | null) => at?.toISOString() ?? null;
const inForce: readonly ActionState[] = ["applying", "active"];

function course({ type, state, effectiveAt, endsAt }: After) {
  return { type, isInForce: inForce.includes(state), effectiveAt: iso(effectiveAt), endsAt: iso(endsAt) };
}

/** What an action is and reaches, for the audit log. */
function reach({
  reasonCode,
  surface,
  tokenId,
  endpointId,
  factor,
  noticeDueAt,
  replacesActionId,
  evidenceHash,
}: After) {
  return {
    ...{ reasonCode, surface, tokenId, endpointId, factor },
    ...{ noticeDueAt: iso(noticeDueAt), replaces: replacesActionId, evidenceHash },
  };
}

type Terms = "action.scheduled" | "action.applied" | "action.told" | "action.upheld" | "action.reinstated";
const terms = (name: Terms) => (after: After, about: About) =>
  fact(name, about, { ...course(after), ...reach(after), lapsesAt: iso(after.lapsesAt), isSilent: after.isSilent });

type Ending =
  | "action.lifted"
  | "action.undone"
  | "action.superseded"
  | "action.overturned"
  | "action.withdrawn"
  | "action.cancelled"
  | "action.expired"
  | "action.lapsed";
const ending = (name: Ending) => (after: After, about: About) =>
  fact(name, about, { ...course(after), reason: after.reason });

const hasBegunToMatter = (from: ActionState) => from !== "draft" && from !== "pending_approval";
/** The owner acknowledged it, or it said all it had to say. */
const unlessNotice = (kind: NoticeKind) => (after: After) => (after.type === "notice" ? null : kind);

/** The one table of what follows from each event. Silence is honoured by `record` and `transition`, not here. */
export const moves: Record<ActionEvent, Move> = {
  ask_approval: {
    fact: (after, about, { why }) =>
      fact("action.proposed", about, {
        ...course(after),
        ...reach(after),
        lapsesAt: iso(after.lapsesAt),
        why: why ?? "",
      }),
    notice: null,
  },
  schedule: { fact: terms("action.scheduled"), notice: "action.scheduled" },
  apply: {
    fact: terms("action.applied"),
    // Whoever was told when it was scheduled has been told.
    notice: (_after, before) => (before.state === "scheduled" ? null : "action.applied"),
  },
  confirm: {
    fact: (_after, about, { confirmed }) =>
      fact("action.confirmed", about, confirmed ?? { gates: 0, milliseconds: null }),
    notice: null,
  },
  uphold: {
    fact: terms("action.upheld"),
    notice: (after, before) => (after.endsAt?.getTime() === before.endsAt?.getTime() ? null : "action.changed"),
  },
  tell: { fact: terms("action.told"), notice: "action.applied" },
  expire: { fact: ending("action.expired"), notice: unlessNotice("action.expired") },
  lapse: { fact: ending("action.lapsed"), notice: unlessNotice("action.expired") },
  lift: { fact: ending("action.lifted"), notice: "action.lifted" },
  undo: {
    fact: (after, about) => ending(hasBegunToMatter(after.from) ? "action.undone" : "action.withdrawn")(after, about),
    // Its mail has not left yet and never does.
    notice: null,
  },
  // The notice of the action that takes its place says so.
  supersede: { fact: ending("action.superseded"), notice: null },
  overturn: { fact: ending("action.overturned"), notice: "action.overturned" },
  cancel: {
    fact: (after, about) =>
      ending(hasBegunToMatter(after.from) ? "action.cancelled" : "action.withdrawn")(after, about),
    notice: (after) => (hasBegunToMatter(after.from) ? "action.cancelled" : null),
  },
  reinstate: { fact: terms("action.reinstated"), notice: null },
};
