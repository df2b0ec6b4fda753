import { Badge } from "#components/ui/badge.tsx";
import { DefinitionList } from "#components/ui/definition-list.tsx";
import { Panel } from "#components/ui/panel.tsx";
import { RelativeTime } from "#components/ui/relative-time.tsx";
import { ZonedTime } from "#components/ui/zoned-time.tsx";
import type { TokenDetail } from "#core/tokens/get-token.ts";
import * as format from "#words/format.ts";
import type { TokenChoices } from "../token-choices.ts";

/** What a token is and may do. */
export function TokenFacts({ token, scopes }: { token: TokenDetail; scopes: TokenChoices["scopes"] }) {
  const caps = [
    token.capPerDay === null ? "" : `${format.count(token.capPerDay)} calls per day`,
    token.capPerMinute === null ? "" : `${format.count(token.capPerMinute)} calls per minute`,
  ].filter((text) => text !== "");
  const described = (name: string) => scopes.find((one) => one.name === name)?.description;
  return (
    <Panel title="Facts">
      <DefinitionList
        label="Facts"
        layout="text"
        items={[
          { term: "Secret", value: <code className="font-mono">{token.preview}</code> },
          {
            term: "Scopes",
            value:
              token.scopes.length === 0 ? (
                "none: it may call only what needs no scope"
              ) : (
                <ul className="flex flex-col gap-0.5">
                  {token.scopes.map((name) => (
                    <li key={name}>
                      <code className="font-mono">{name}</code> <span className="text-ink-2">{described(name)}</span>
                    </li>
                  ))}
                </ul>
              ),
          },
          {
            term: "Addresses",
            value:
              token.allowedNetworks.length === 0 ? (
                "any address"
              ) : (
                <span className="font-mono">{token.allowedNetworks.join(", ")}</span>
              ),
          },
          { term: "Caps", value: caps.length === 0 ? "none" : caps.join(", ") },
          { term: "Integration", value: token.integrationName ?? "none" },
          {
            term: "Expires",
            value: token.expiresAt ? <ZonedTime at={token.expiresAt.toISOString()} style="long" /> : "never",
          },
          {
            term: "Last used",
            value: token.lastUsedAt ? (
              <>
                <RelativeTime at={token.lastUsedAt} />
                <span className="text-ink-2">
                  {[token.lastUsedIp, token.lastUsedEndpoint, token.lastUsedClient].map((one) =>
                    one ? ` · ${one}` : "",
                  )}
                </span>
              </>
            ) : (
              "never"
            ),
          },
          {
            term: "Created",
            value: (
              <>
                <ZonedTime at={token.createdAt.toISOString()} style="date" /> by {token.createdBy ?? "Gatehouse"}
              </>
            ),
          },
          ...(token.version > 1
            ? [
                {
                  term: "Changed",
                  value: (
                    <>
                      <RelativeTime at={token.updatedAt} /> by {token.updatedBy ?? "Gatehouse"}
                    </>
                  ),
                },
              ]
            : []),
          ...(token.revokedAt
            ? [
                {
                  term: "Revoked",
                  value: (
                    <>
                      <ZonedTime at={token.revokedAt.toISOString()} style="long" />: {token.revokedReason}
                    </>
                  ),
                },
              ]
            : []),
        ]}
      />
    </Panel>
  );
}

/** Where a token is used from, and what it calls. */
export function TokenNetworks({ token }: { token: TokenDetail }) {
  return (
    <Panel title="Used from" aside="requests in 30 days, last 5 networks">
      {token.networks.length === 0 ? (
        <p className="text-ink-2">Not used in the last 30 days.</p>
      ) : (
        <DefinitionList
          label="Networks"
          items={token.networks.map(({ network, lastDay, requests }) => ({
            term: <span className="font-mono text-ink">{network}</span>,
            value: (
              <>
                {format.count(requests)}{" "}
                <Badge icon={false}>last on {format.utc(`${lastDay}T00:00:00Z`, "date")}</Badge>
              </>
            ),
          }))}
        />
      )}
    </Panel>
  );
}
