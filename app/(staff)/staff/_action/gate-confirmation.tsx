import { CircleAlert, CircleCheck, CircleDashed } from "lucide-react";
import { TextLink } from "#components/ui/text-link.tsx";
import * as format from "#words/format.ts";

type Effect = readonly { gateId: string; milliseconds: number | null; sinceStart: boolean }[];

/** How far the gates are with an action: the proof that it has taken effect everywhere, or the alarm that it has not. */
export function GateConfirmation({ effect, isOverdue }: { effect: Effect; isOverdue: boolean }) {
  const silent = effect.filter((gate) => gate.milliseconds === null).map((gate) => gate.gateId);
  const isDone = effect.length > 0 && silent.length === 0;
  const isAlarm = isOverdue && silent.length > 0;
  const Icon = isDone ? CircleCheck : isAlarm ? CircleAlert : CircleDashed;
  const perGate = effect.map((gate) => `${gate.gateId}: ${gateWords(gate)}`);
  return (
    <p
      role="status"
      title={perGate.join("\n")}
      className={`flex items-center gap-1.5 ${isDone ? "text-good" : isAlarm ? "text-danger" : "text-warning"}`}
    >
      <Icon aria-hidden className="size-4 shrink-0" />
      {isAlarm ? (
        <span>
          {silent.join(", ")} may still let calls through. Check <TextLink href="/staff/gates">the gates</TextLink>.
        </span>
      ) : (
        wordsOf(effect, isDone)
      )}
    </p>
  );
}

function wordsOf(effect: Effect, isDone: boolean): string {
  if (effect.length === 0) return "No gate is running. Nothing is let through until one starts, with this in force.";
  const confirmed = effect.filter((gate) => gate.milliseconds !== null);
  const timed = confirmed.filter((gate) => !gate.sinceStart);
  const noun = effect.length === 1 ? "gate" : "gates";
  if (isDone && timed.length === 0) return `In force at ${effect.length} of ${effect.length} ${noun} since it started`;
  const slowest = Math.max(0, ...timed.map((gate) => gate.milliseconds ?? 0));
  return `Confirmed by ${confirmed.length} of ${effect.length} ${noun}${isDone ? `, ${format.milliseconds(slowest)}` : " so far"}`;
}

function gateWords({ milliseconds, sinceStart }: Effect[number]): string {
  if (milliseconds === null) return "not yet";
  return sinceStart ? "since it started" : format.milliseconds(milliseconds);
}
