import { Badge } from "#components/ui/badge.tsx";
import { RelativeTime } from "#components/ui/relative-time.tsx";
import { TextLink } from "#components/ui/text-link.tsx";
import type { TokenRow } from "#core/tokens/list-tokens.ts";

const dayMs = 86_400_000;
const mostRows = 3;

/** The tokens that want attention: those that expire soon, are paused, or lie unused. */
export function TokenSummary({ slug, tokens, nowMs }: { slug: string; tokens: readonly TokenRow[]; nowMs: number }) {
  const live = tokens.filter((token) => token.state === "active" || token.state === "paused");
  const noted = live.flatMap((token) => {
    const note = noteOf(token, nowMs);
    return note ? [{ token, note }] : [];
  });
  if (live.length === 0) return <p className="text-ink-2">No token works at the moment.</p>;
  return (
    <ul className="flex flex-col gap-1.5">
      {noted.slice(0, mostRows).map(({ token, note }) => (
        <li key={token.id} className="flex items-center gap-2">
          {note}
          <span className="min-w-0 truncate font-mono">{token.name}</span>
        </li>
      ))}
      {noted.length === 0 ? (
        <li className="text-ink-2">{live.length === 1 ? "One token, in use." : `All ${live.length} are in use.`}</li>
      ) : null}
      {noted.length > mostRows ? (
        <li>
          <TextLink kind="bare" href={`/a/${slug}/tokens`}>
            and {noted.length - mostRows} more
          </TextLink>
        </li>
      ) : null}
    </ul>
  );
}

function noteOf(token: TokenRow, nowMs: number) {
  if (token.state === "paused") return <Badge meaning="warning">paused</Badge>;
  if (token.expiresAt && token.expiresAt.getTime() - nowMs < 7 * dayMs) {
    return (
      <Badge meaning="warning">
        expires <RelativeTime at={token.expiresAt.toISOString()} />
      </Badge>
    );
  }
  const idleMs = nowMs - (token.lastUsedAt ?? token.createdAt).getTime();
  if (idleMs > 30 * dayMs) return <Badge>unused {Math.floor(idleMs / dayMs)} days</Badge>;
  return token.lastUsedAt ? null : <Badge meaning="info">not used yet</Badge>;
}
