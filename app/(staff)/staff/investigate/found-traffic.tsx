import { buttonClass } from "#components/ui/button.tsx";
import { Count, Share } from "#components/ui/number.tsx";
import { Panel } from "#components/ui/panel.tsx";
import { TextLink } from "#components/ui/text-link.tsx";
import type { investigate } from "#core/investigate/investigate.ts";
import type { Dimension } from "#core/investigate/read-traffic.ts";
import * as deskWords from "#words/desk.ts";
import * as format from "#words/format.ts";
import { ActOnSelected } from "../_action/act-on-selected.tsx";
import { TopTable } from "./top-table.tsx";
import { TrafficChart } from "./traffic-chart.tsx";
import { hrefOf, pinned, queryOf, type View } from "./view-params.ts";

type Found = Awaited<ReturnType<typeof investigate>>;
type FoundProps = { found: Found; view: View };

/** Besides accounts, which stand above: those that belong together side by side. */
const shownOrder: readonly Dimension[] = ["network", "client", "token", "endpoint", "outcome", "surface"];

/** The figures of a view: how many over time, and the first ones by each dimension. */
export function FoundTraffic({ found, view }: FoundProps) {
  const { requests, refused, window, tops, without } = found;
  const tables = shownOrder.filter((by) => !without.includes(by));
  return (
    <>
      <Panel>
        <p className="flex flex-wrap items-baseline gap-x-4 gap-y-1 pb-3">
          <span>
            <strong className="font-semibold">
              <Count value={requests} exact />
            </strong>{" "}
            requests,{" "}
            <strong className="font-semibold">
              <Count value={refused} exact />
            </strong>{" "}
            refused (<Share part={refused} whole={requests} />)
          </span>
          <span className="text-sm text-ink-2">
            {deskWords.counted(window)} ·{" "}
            <TextLink href={hrefOf(pinned(view, window.from, window.until))} prefetch={false}>
              Keep these times
            </TextLink>
          </span>
        </p>
        <TrafficChart found={found} />
      </Panel>
      <ActOnSelected
        more={
          <button type="submit" formAction="/staff/investigate" className={buttonClass({ size: "sm" })}>
            Narrow to selected
          </button>
        }
      >
        {[...new URLSearchParams(queryOf({ ...view, account: [] }))].map(([name, value]) => (
          <input key={name} type="hidden" name={name} value={value} />
        ))}
        <TopTable by="account" rows={tops.account} view={view} />
      </ActOnSelected>
      {without.length > 0 ? (
        <p className="text-ink-2">
          Networks, clients and tokens of all accounts over many days take a few seconds.{" "}
          <TextLink href={hrefOf(view, { tables: "all" })} prefetch={false}>
            Show them
          </TextLink>
          , or narrow the view to an account, a network or two days.
        </p>
      ) : null}
      <div className="grid items-start gap-4 lg:grid-cols-2">
        {tables.map((by) => (
          <TopTable key={by} by={by} rows={tops[by]} view={view} {...aboutNetworks(found, by)} />
        ))}
      </div>
      <p className="max-w-prose text-sm text-ink-2">
        {deskWords.countsAreWhole} {found.beyondRequests > 0 ? deskWords.pairsAreBounded : null}
      </p>
    </>
  );
}

/** What a table of networks or clients says about its figures: what they count, and what is missing in them. */
function aboutNetworks(found: Found, by: Dimension): { isAtLeast?: boolean; footer?: string } {
  if (by !== "network" && by !== "client") return {};
  const { window, networkWindow, networkRequests, networksSince, requests, beyondRequests } = found;
  const isSame =
    window.from.getTime() === networkWindow.from.getTime() && window.until.getTime() === networkWindow.until.getTime();
  const sentences = [
    ...(isSame ? [] : [`Counted ${deskWords.counted(networkWindow)}.`]),
    ...(isSame && networkRequests < requests ? [deskWords.partOfCalls(networkRequests, requests)] : []),
    ...(networksSince && networksSince > networkWindow.from
      ? [`Recorded since ${format.utc(networksSince, "date")}.`]
      : []),
  ];
  return { isAtLeast: beyondRequests > 0, ...(sentences.length > 0 ? { footer: sentences.join(" ") } : {}) };
}
