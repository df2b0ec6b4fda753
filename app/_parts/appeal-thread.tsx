import { Badge } from "#components/ui/badge.tsx";
import type { Meaning } from "#components/ui/meaning.tsx";
import { ZonedTime } from "#components/ui/zoned-time.tsx";
import type { Appeal } from "#core/appeals/list-appeals.ts";
import type { AppealState } from "#core/rules/vocabulary.ts";
import * as words from "#words/words.ts";

const meanings: Record<AppealState, Meaning> = {
  submitted: "info",
  assigned: "info",
  waiting_for_owner: "warning",
  granted: "good",
  partly_granted: "good",
  rejected: "neutral",
  withdrawn: "neutral",
};

export function AppealStateBadge({ state }: { state: AppealState }) {
  return <Badge meaning={meanings[state]}>{words.appealStates[state].label}</Badge>;
}

/** An appeal as a dialogue: the three answers, what was written since, and the decision. */
export function AppealThread({ appeal }: { appeal: Appeal }) {
  const opening: [string, string][] = [
    ["What caused it", appeal.cause],
    ["What was changed", appeal.changed],
    ["Why it cannot happen again", appeal.prevention],
  ];
  return (
    <div className="flex flex-col gap-3">
      <dl className="flex flex-col gap-2">
        {opening.map(([term, text]) => (
          <div key={term}>
            <dt className="text-sm text-ink-3">{term}</dt>
            <dd className="max-w-prose whitespace-pre-wrap">{text}</dd>
          </div>
        ))}
      </dl>
      {appeal.messages.length > 0 ? (
        <ol aria-label="Messages, oldest first" className="flex flex-col gap-2 border-line border-t pt-3">
          {appeal.messages.map((message) => (
            <li key={message.id}>
              <p className="text-sm text-ink-3">
                <b className="font-medium text-ink-2">{message.authorName}</b>{" "}
                <ZonedTime at={message.at.toISOString()} style="long" />
              </p>
              <p className="max-w-prose whitespace-pre-wrap">{message.text}</p>
            </li>
          ))}
        </ol>
      ) : null}
      {appeal.decidedAt && appeal.decisionText ? (
        <div className="border-line border-t pt-3">
          <p className="flex items-center gap-2 text-sm text-ink-3">
            <AppealStateBadge state={appeal.state} />
            <ZonedTime at={appeal.decidedAt.toISOString()} style="long" />
          </p>
          <p className="max-w-prose whitespace-pre-wrap">{appeal.decisionText}</p>
        </div>
      ) : null}
    </div>
  );
}
