import { Panel } from "#components/ui/panel.tsx";
import { Timeline, type TimelineItem } from "#components/ui/timeline.tsx";
import { ZonedTime } from "#components/ui/zoned-time.tsx";
import type { CaseDetail } from "#core/cases/get-case.ts";
import { AddNote } from "./add-note.tsx";
import { eventWords } from "./event-words.tsx";

type Event = CaseDetail["timeline"][number];

/** Everything that happened in a case, newest first, and a note to add to it. */
export function CaseTimeline({ caseId, timeline }: { caseId: string; timeline: readonly Event[] }) {
  return (
    <Panel title="Timeline" aside="only staff see it">
      <AddNote caseId={caseId} />
      <Timeline label="What happened, newest first" items={timeline.map(itemOf)} />
    </Panel>
  );
}

function itemOf(event: Event): TimelineItem {
  const { what, detail, meaning } = eventWords(event);
  return {
    id: String(event.id),
    when: <ZonedTime at={event.at.toISOString()} style="time" />,
    what,
    detail,
    ...(meaning ? { meaning } : {}),
  };
}
