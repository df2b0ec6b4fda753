import { Panel } from "#components/ui/panel.tsx";
import { RelativeTime } from "#components/ui/relative-time.tsx";
import type { getSpreadGuessing } from "#core/detection/get-spread-guessing.ts";
import type { listTokenGuessing } from "#core/detection/list-token-guessing.ts";
import * as words from "#words/words.ts";

type Networks = Awaited<ReturnType<typeof listTokenGuessing>>;
type Spread = Awaited<ReturnType<typeof getSpreadGuessing>>;

/** Networks that try out tokens: each by itself, whoever else is in it, and those together that try only a few each. */
export function TokenGuessing({ networks, spread }: { networks: Networks; spread: Spread }) {
  return (
    <Panel title="Networks that try tokens" aside="last 24 hours">
      <ul aria-label="Networks that try tokens" className="flex flex-col gap-2">
        {networks.map(({ network, since, lastAt, isOver, ...counts }) => (
          <li key={network}>
            <code className="font-mono">{network}</code>: {words.tokenGuessing(counts)}{" "}
            <span className="text-ink-3">
              since <RelativeTime at={since.toISOString()} />
              {isOver ? ", over, last seen " : ", last seen "}
              <RelativeTime at={lastAt.toISOString()} />
            </span>
          </li>
        ))}
        {spread ? <li>{words.spreadGuessing(spread)}</li> : null}
      </ul>
    </Panel>
  );
}
