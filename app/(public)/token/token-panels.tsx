import { EndpointCalls } from "#app/_parts/endpoint-calls.tsx";
import { DefinitionList } from "#components/ui/definition-list.tsx";
import { Panel } from "#components/ui/panel.tsx";
import { RelativeTime } from "#components/ui/relative-time.tsx";
import { ZonedTime } from "#components/ui/zoned-time.tsx";
import type { TokenViewed } from "#core/tokens/read-token-view.ts";
import * as format from "#words/format.ts";

type Use = { use: NonNullable<TokenViewed["use"]> };

/** What the token is, what it may use, and how much of that is gone today. */
export function TokenLimits({ use: { token, quota } }: Use) {
  const ofCap = (cap: number | null) => (cap === null ? "no cap of its own" : `cap of ${format.count(cap)}`);
  return (
    <Panel title="Today">
      <DefinitionList
        label="Today"
        layout="text"
        items={[
          { term: "Secret", value: <code className="font-mono">{token.preview}</code> },
          {
            term: "Requests",
            value: `${format.count(token.today.requests)} (${format.count(token.today.refused)} refused)`,
          },
          {
            term: "Spent",
            value: `${format.count(token.today.spent)} of the quota, ${ofCap(token.capPerDay)} per day`,
          },
          { term: "Per minute", value: ofCap(token.capPerMinute) },
          {
            term: "Quota",
            value: (
              <>
                {format.count(quota.used)} of {quota.limit === null ? "unlimited" : format.count(quota.limit)} used by
                all tokens of the account, until <ZonedTime at={new Date(quota.resetAtMs).toISOString()} style="time" />
              </>
            ),
          },
          {
            term: "Scopes",
            value: token.scopes.length === 0 ? "none" : <span className="font-mono">{token.scopes.join(", ")}</span>,
          },
          {
            term: "Expires",
            value: token.expiresAt ? <ZonedTime at={token.expiresAt.toISOString()} style="long" /> : "never",
          },
          { term: "Last used", value: token.lastUsedAt ? <RelativeTime at={token.lastUsedAt} /> : "never" },
        ]}
      />
    </Panel>
  );
}

/** Endpoints by how often the token called them. */
export function TokenCalls({ use: { token } }: Use) {
  return (
    <Panel title="Endpoints called" aside="last 30 days" flush>
      <EndpointCalls endpoints={token.endpoints} />
    </Panel>
  );
}
