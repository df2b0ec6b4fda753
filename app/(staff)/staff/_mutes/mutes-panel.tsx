import { Panel } from "#components/ui/panel.tsx";
import { TextLink } from "#components/ui/text-link.tsx";
import { ZonedTime } from "#components/ui/zoned-time.tsx";
import type { Mute } from "#core/cases/list-mutes.ts";
import { Unmute } from "./unmute.tsx";

type MutesPanelProps = {
  mutes: readonly Mute[];
  /** Of one account, whose name stands above it already. */
  isOfAccount?: boolean;
};

/** Every mute in force: what is silent, who muted it, why and until when, and the way to end it. */
export function MutesPanel({ mutes, isOfAccount = false }: MutesPanelProps) {
  return (
    <Panel title="Muted" aside={`${mutes.length}`}>
      {mutes.length === 0 ? <p className="text-ink-2">Nothing is muted.</p> : null}
      <ul aria-label="Muted">
        {mutes.map((mute) => (
          <li key={mute.id} className="flex flex-col gap-2 border-line py-3 not-first:border-t first:pt-0">
            <p>
              {isOfAccount ? null : (
                <>
                  <TextLink kind="name" href={`/staff/accounts/${mute.accountId}`}>
                    {mute.accountName}
                  </TextLink>
                  {": "}
                </>
              )}
              <b className="font-semibold">{mute.title}</b>
              {mute.about === null ? null : <> for {mute.about}</>}, by {mute.mutedByName ?? "a former colleague"}
              {mute.mutedUntil ? (
                <>
                  {" until "}
                  <ZonedTime at={mute.mutedUntil.toISOString()} />
                </>
              ) : null}
              . <span className="text-ink-2">{mute.reason}</span>
            </p>
            <Unmute flagId={mute.id} what={`${mute.title}, ${mute.accountName}`} />
          </li>
        ))}
      </ul>
    </Panel>
  );
}
