import { Panel } from "#components/ui/panel.tsx";
import { ZonedTime } from "#components/ui/zoned-time.tsx";
import type { TokenViewed } from "#core/tokens/read-token-view.ts";
import * as words from "#words/words.ts";

/** What the provider has decided about the account, as far as it touches this token. */
export function StandingPanel({ standing: { standing, actions } }: Pick<TokenViewed, "standing">) {
  if (actions.length === 0) return null;
  return (
    <Panel title="Standing" aside={words.standings[standing]}>
      <ul className="flex flex-col gap-3">
        {actions.map((action) => (
          <li key={action.id}>
            <p className="font-medium">
              {words.inForce(action)}
              {action.endsAt ? (
                <>
                  {" "}
                  until <ZonedTime at={action.endsAt.toISOString()} style="long" />
                </>
              ) : null}
            </p>
            {action.reason ? (
              <p className="max-w-prose whitespace-pre-wrap text-ink-2">
                {action.reason.title}: {action.reason.text}
              </p>
            ) : null}
          </li>
        ))}
      </ul>
    </Panel>
  );
}
