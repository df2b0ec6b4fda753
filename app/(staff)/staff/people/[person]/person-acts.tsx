import type { getPerson } from "#core/staff/get-person.ts";
import {
  approveSecondStepRemovalAction,
  blockPersonAction,
  proposeSecondStepRemovalAction,
  signOutPersonAction,
  unblockPersonAction,
  withdrawSecondStepRemovalAction,
} from "../actions.ts";
import { AskReason } from "./ask-reason.tsx";

type Person = Awaited<ReturnType<typeof getPerson>>;

/** Block or unblock, and sign out. */
export function PersonActs({ person }: { person: Person }) {
  const { userId, name } = person;
  if (person.blockedAt)
    return (
      <AskReason
        button="Unblock"
        title={`Unblock ${name}?`}
        consequences="They can sign in again, and their automation keys work again. Sessions and links that ended stay ended."
        tone="primary"
        action={unblockPersonAction}
        about={{ userId }}
        asksReason="kept"
      />
    );
  return (
    <span className="inline-flex flex-wrap gap-2">
      {person.sessions.length > 0 ? (
        <AskReason
          button="Sign out everywhere"
          title={`Sign ${name} out everywhere?`}
          consequences="Takes effect on their next request. They can sign in again."
          tone="primary"
          action={signOutPersonAction}
          about={{ userId }}
          asksReason="told"
        />
      ) : null}
      <AskReason
        button="Block"
        title={`Block ${name}?`}
        consequences="From their next request they are signed out of every account and cannot sign in. Their personal keys end. Their automation keys, and the rights in Gatehouse of tokens they created, pause. Their roles stay."
        tone="danger"
        action={blockPersonAction}
        about={{ userId }}
        asksReason="told"
      />
    </span>
  );
}

/** Two people take a second step off: one proposes, another approves. `ownId` = who looks. */
export function SecondStepActs({ person, ownId }: { person: Person; ownId: string }) {
  const { userId, name, removal } = person;
  if (!person.secondStepSince && person.passkeys.length === 0) return null;
  if (!removal)
    return (
      <AskReason
        button="Propose removal"
        title={`Remove ${name}'s second step?`}
        consequences="A second person must approve it within 7 days. Make sure that it is really them who asked: by a call, not by mail."
        tone="danger"
        action={proposeSecondStepRemovalAction}
        about={{ userId }}
        asksReason="told"
      />
    );
  const about = { removalId: removal.removalId };
  return (
    <span className="inline-flex flex-wrap gap-2">
      {removal.proposedByUserId === ownId || userId === ownId ? null : (
        <AskReason
          button="Approve removal"
          title={`Remove ${name}'s second step?`}
          consequences="Their app, passkeys and recovery codes stop working, and they are signed out everywhere. Their password stays."
          tone="danger"
          action={approveSecondStepRemovalAction}
          about={about}
        />
      )}
      <AskReason
        button="Withdraw"
        title="Withdraw the proposal?"
        consequences="The second step stays."
        tone="primary"
        action={withdrawSecondStepRemovalAction}
        about={about}
      />
    </span>
  );
}
