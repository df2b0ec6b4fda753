import { Badge } from "#components/ui/badge.tsx";
import type { Meaning } from "#components/ui/meaning.tsx";
import type { TokenRow } from "#core/tokens/list-tokens.ts";
import * as words from "#words/words.ts";

const meanings: Record<TokenRow["state"], Meaning> = {
  active: "good",
  paused: "warning",
  expired: "neutral",
  revoked: "neutral",
};

type TokenStateBadgeProps = { token: Pick<TokenRow, "state" | "isPausedByProvider" | "revokedReason"> };

/** What a token is now; of a pause also whose it is, since that decides who can end it. */
export function TokenStateBadge({ token: { state, isPausedByProvider, revokedReason } }: TokenStateBadgeProps) {
  const isTheirs = state === "paused" && isPausedByProvider;
  return (
    <Badge meaning={meanings[state]} title={revokedReason ?? undefined}>
      {isTheirs ? words.pausedByProvider : words.tokenStates[state]}
    </Badge>
  );
}
