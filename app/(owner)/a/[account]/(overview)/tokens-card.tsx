import { Clock } from "lucide-react";
import { Badge } from "#components/ui/badge.tsx";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { Panel } from "#components/ui/panel.tsx";
import { RelativeTime } from "#components/ui/relative-time.tsx";
import { TextLink } from "#components/ui/text-link.tsx";
import type { TokenRow } from "#core/tokens/list-tokens.ts";
import * as format from "#words/format.ts";

const dayMs = 86_400_000;
const soonMs = 14 * dayMs;
const unusedMs = 30 * dayMs;
const newMs = 30 * dayMs;
const shownAtMost = 4;

type TokensCardProps = { tokens: readonly TokenRow[]; slug: string; nowMs: number };
type Remark = { token: TokenRow; badge: React.ReactNode; aside: React.ReactNode };

/** What to know of the tokens at a glance: which end soon, which nobody uses, which is newest. */
export function TokensCard({ tokens, slug, nowMs }: TokensCardProps) {
  const active = tokens.filter((token) => token.state === "active");
  const remarks = remarksOn(active, nowMs);
  return (
    <Panel title="Tokens" aside={`${active.length} active`}>
      {tokens.length === 0 ? <EmptyState title="No tokens yet">Create one to make the first call.</EmptyState> : null}
      {active.length > 0 && remarks.length === 0 ? (
        <p className="text-ink-2">None expires soon, and all were used in the last 30 days.</p>
      ) : null}
      <ul className="flex flex-col gap-2">
        {remarks.map(({ token, badge, aside }) => (
          <li key={token.id} className="flex min-w-0 items-center gap-2">
            {badge}
            <TextLink
              kind="name"
              href={`/a/${slug}/tokens?q=${encodeURIComponent(token.name)}`}
              className="min-w-0 truncate"
            >
              {token.name}
            </TextLink>
            <span className="ml-auto shrink-0 text-sm text-ink-3">{aside}</span>
          </li>
        ))}
      </ul>
    </Panel>
  );
}

function remarksOn(active: readonly TokenRow[], nowMs: number): Remark[] {
  const ending = active
    .filter((token) => token.expiresAt && token.expiresAt.getTime() - nowMs < soonMs)
    .sort((a, b) => Number(a.expiresAt) - Number(b.expiresAt))
    .map(
      (token): Remark => ({
        token,
        badge: (
          <Badge meaning="warning" icon={<Clock aria-hidden />}>
            expires {format.relative(Number(token.expiresAt), nowMs)}
          </Badge>
        ),
        aside: token.lastUsedAt ? "in use" : "never used",
      }),
    );
  const unused = active
    .filter((token) => nowMs - (token.lastUsedAt ?? token.createdAt).getTime() > unusedMs && !isIn(ending, token))
    .map(
      (token): Remark => ({
        token,
        badge: (
          <Badge>unused {format.durationShort((nowMs - Number(token.lastUsedAt ?? token.createdAt)) / 1000)}</Badge>
        ),
        aside: token.lastUsedAt ? "" : "never used",
      }),
    );
  const newest = active
    .filter((token) => nowMs - token.createdAt.getTime() < newMs && !isIn([...ending, ...unused], token))
    .map(
      (token): Remark => ({
        token,
        badge: (
          <Badge meaning="info" icon={false}>
            newest
          </Badge>
        ),
        aside: (
          <>
            created <RelativeTime at={token.createdAt.toISOString()} />
          </>
        ),
      }),
    );
  return [...ending.slice(0, 2), ...unused.slice(0, 1), ...newest.slice(0, 1)].slice(0, shownAtMost);
}

function isIn(remarks: readonly Remark[], token: TokenRow): boolean {
  return remarks.some((one) => one.token.id === token.id);
}
