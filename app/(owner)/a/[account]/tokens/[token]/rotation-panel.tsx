import { Badge } from "#components/ui/badge.tsx";
import { Banner } from "#components/ui/banner.tsx";
import { Meter } from "#components/ui/meter.tsx";
import { Count } from "#components/ui/number.tsx";
import { Panel } from "#components/ui/panel.tsx";
import { RelativeTime } from "#components/ui/relative-time.tsx";
import { Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from "#components/ui/table.tsx";
import { ZonedTime } from "#components/ui/zoned-time.tsx";
import type { TokenState } from "#core/rules/tokens/token-state.ts";
import type { Rotation } from "#core/tokens/get-rotation.ts";
import * as format from "#words/format.ts";
import { ExtendOverlap, RetireSecret } from "./rotation-acts.tsx";

type RotationPanelProps = {
  rotation: Rotation;
  /** Of the token: only an active one lets its secrets pass. */
  state: TokenState;
  act: { account: string; tokenId: string; version: number } | null;
};

/** How far a rotation is: who still uses the old secret, from where, and what retiring it would stop. */
export function RotationPanel({ rotation, state, act }: RotationPanelProps) {
  const { old, current, startedAt, lastOldAt, onOld, total, shareOnOld, isSafeToRetire, users } = rotation;
  // Nothing can be rotated of a token that is over.
  if ((old.state !== "retiring" || state === "revoked") && !rotation.isUsedAfterRetirement) return null;
  return (
    <>
      {rotation.isUsedAfterRetirement && old.retiresAt && lastOldAt ? (
        <Banner meaning="danger" title="A retired secret is still in use.">
          {old.preview} stopped working <RelativeTime at={old.retiresAt} /> and was last tried{" "}
          <RelativeTime at={lastOldAt} />. Either a client was forgotten, or someone has a copy: see below from where it
          is used.
        </Banner>
      ) : null}
      <Panel
        title={old.state === "retiring" ? "Rotation" : "Use of the retired secret"}
        aside={old.state === "retiring" && isSafeToRetire ? <Badge meaning="good">ready to retire</Badge> : undefined}
        flush
      >
        <div className="flex flex-col gap-3 px-4 pb-3">
          {old.state === "retiring" && old.retiresAt ? (
            <p>
              Two secrets work: the new one, <code className="font-mono">{current.preview}</code>, and until{" "}
              <ZonedTime at={old.retiresAt.toISOString()} zone="both" /> the old one,{" "}
              <code className="font-mono">{old.preview}</code>.
              {state === "active" ? null : ` Neither works now: the token is ${state}.`}
            </p>
          ) : null}
          {shareOnOld === null ? (
            <p className="text-ink-2">
              No requests with either since <ZonedTime at={startedAt.toISOString()} />.
            </p>
          ) : (
            <div className="flex flex-col gap-1">
              <Meter label="Share of requests with the old secret" value={onOld} limit={total} />
              <p className="text-ink-2">
                <b className="font-semibold text-ink">{format.percent(shareOnOld)}</b> of {format.count(total)} requests
                since <ZonedTime at={startedAt.toISOString()} /> used the old secret
                {lastOldAt ? (
                  <>
                    , the last one <RelativeTime at={lastOldAt} />
                  </>
                ) : null}
                .
              </p>
            </div>
          )}
          {act && old.state === "retiring" ? (
            <div className="flex flex-wrap gap-2">
              <RetireSecret {...act} preview={old.preview} onOld={onOld} isSafe={isSafeToRetire} />
              <ExtendOverlap {...act} />
            </div>
          ) : null}
        </div>
        {users.length > 0 ? (
          <Table label="Who uses the old secret">
            <TableHead>
              <TableHeader>Client</TableHeader>
              <TableHeader>Network</TableHeader>
              <TableHeader align="right">Requests</TableHeader>
              <TableHeader align="right">Last seen</TableHeader>
            </TableHead>
            <TableBody>
              {users.map((user) => (
                <TableRow key={`${user.network} ${user.client}`}>
                  <TableCell className="wrap-anywhere">{user.client || "unnamed"}</TableCell>
                  <TableCell className="font-mono">{user.network === "0.0.0.0/0" ? "several" : user.network}</TableCell>
                  <TableCell align="right">
                    <Count value={user.requests} exact />
                  </TableCell>
                  <TableCell align="right" className="whitespace-nowrap">
                    {user.lastAt ? <RelativeTime at={user.lastAt} /> : null}
                  </TableCell>
                </TableRow>
              ))}
            </TableBody>
          </Table>
        ) : null}
      </Panel>
    </>
  );
}
