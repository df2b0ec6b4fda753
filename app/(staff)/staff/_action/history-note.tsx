import { RelativeTime } from "#components/ui/relative-time.tsx";
import { TextLink } from "#components/ui/text-link.tsx";
import type { History } from "#core/enforcement/get-history.ts";
import * as deskWords from "#words/desk.ts";
import * as format from "#words/format.ts";
import * as words from "#words/words.ts";

/** Strikes of the account, those that count no more in grey, and what was done in the closed cases most like this one. */
export function HistoryNote({ history }: { history: History }) {
  const { strikes, similar } = history;
  const counting = strikes.filter((strike) => strike.counts).length;
  return (
    <div className="flex flex-col gap-2">
      <details>
        <summary className="w-fit cursor-pointer text-ink-2">
          {counting === 0
            ? "No strikes in 12 months"
            : `${format.plural(counting, { one: "strike", other: "strikes" })} in 12 months`}
        </summary>
        {strikes.length === 0 ? (
          <p className="text-sm text-ink-3">No action was ever in force.</p>
        ) : (
          <ul className="mt-1 text-sm">
            {strikes.map((strike) => (
              <li key={strike.id} className={strike.counts ? "" : "text-ink-3"}>
                {words.actionTypes[strike.type].label}, {words.reasons[strike.reasonCode].title.toLowerCase()},{" "}
                <RelativeTime at={new Date(strike.atMs).toISOString()} />
                {strike.counts ? "" : ` · does not count: ${whyNot(strike)}`}
              </li>
            ))}
          </ul>
        )}
      </details>
      {similar.length > 0 ? (
        <details>
          <summary className="w-fit cursor-pointer text-ink-2">{similar.length} similar closed cases</summary>
          <ul className="mt-1 text-sm">
            {similar.map((one) => (
              <li key={one.id}>
                <TextLink href={`/staff/cases/${one.id}?view=closed`}>{one.accountName}</TextLink>:{" "}
                {one.outcome ? deskWords.caseOutcomes[one.outcome].toLowerCase() : ""}
                {one.taken ? `, ${takenOf(one.taken)}` : ""}
              </li>
            ))}
          </ul>
        </details>
      ) : null}
    </div>
  );
}

function whyNot({ state, isUndone, isOfThisCase }: History["strikes"][number]): string {
  if (isOfThisCase) return "taken in this case";
  if (state === "overturned") return "overturned";
  if (isUndone) return "undone immediately";
  return state === "superseded" ? "replaced" : "older than 12 months";
}

function takenOf({ type, hours }: NonNullable<History["similar"][number]["taken"]>): string {
  const { noun } = words.actionTypes[type];
  return hours === null ? noun : `${noun} for ${format.duration(hours * 3_600)}`;
}
