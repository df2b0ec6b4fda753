import { EndpointCalls } from "#app/_parts/endpoint-calls.tsx";
import { ButtonLink } from "#components/ui/button-link.tsx";
import { Panel } from "#components/ui/panel.tsx";
import type { TokenDetail } from "#core/tokens/get-token.ts";
import { DropScopes } from "./unused-scopes.tsx";

type PartProps = { token: TokenDetail; account: string };

/** The scopes that no call needed; taking them away is one press. */
export function ScopesInUse({ token, account, mayWrite }: PartProps & { mayWrite: boolean }) {
  const { unusedScopes, watchedDays } = token;
  if (token.scopes.length === 0 || watchedDays < 1) return null;
  const days = watchedDays === 1 ? "the one day it exists" : `${watchedDays} days`;
  return (
    <Panel
      title="Unused scopes"
      aside={
        unusedScopes.length > 0 && mayWrite ? (
          <DropScopes account={account} tokenId={token.id} version={token.version} scopes={unusedScopes} />
        ) : undefined
      }
    >
      {unusedScopes.length === 0 ? (
        <p className="text-ink-2">Every scope was used in {days}.</p>
      ) : (
        <p className="text-ink-2">
          Not needed by any call in {days}: <span className="font-mono text-ink">{unusedScopes.join(", ")}</span>. Fewer
          scopes limit the damage if the token leaks.
        </p>
      )}
    </Panel>
  );
}

/** Endpoints by how often the token called them. */
export function Calls({ token, account }: PartProps) {
  return (
    <Panel title="Endpoints called" aside="last 30 days" flush>
      <EndpointCalls endpoints={token.endpoints} />
      <div className="flex gap-2 px-4 py-2">
        <ButtonLink size="sm" href={`/a/${account}/usage?range=30d&tokenId=${token.id}`}>
          Usage
        </ButtonLink>
        <ButtonLink size="sm" href={`/a/${account}/refusals?token=${token.id}`}>
          Refusals
        </ButtonLink>
      </div>
    </Panel>
  );
}
