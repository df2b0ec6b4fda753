import { CircleCheck, CircleDashed } from "lucide-react";

type Effect = readonly { gateId: string; milliseconds: number | null }[];

/** How far the gates are with an action: the proof that it has taken effect everywhere. */
export function GateConfirmation({ effect }: { effect: Effect }) {
  const confirmed = effect.filter((gate) => gate.milliseconds !== null);
  const slowest = Math.max(0, ...confirmed.map((gate) => gate.milliseconds ?? 0));
  const isDone = effect.length > 0 && confirmed.length === effect.length;
  const Icon = isDone ? CircleCheck : CircleDashed;
  const words =
    effect.length === 0
      ? "No gate is running: nothing is let through or refused until one starts, and it starts with this in force."
      : `Confirmed by ${confirmed.length} of ${effect.length} ${effect.length === 1 ? "gate" : "gates"}${isDone ? `, ${slowest} ms` : " so far"}`;
  const perGate = effect.map(
    (gate) => `${gate.gateId}: ${gate.milliseconds === null ? "not yet" : `${gate.milliseconds} ms`}`,
  );
  return (
    <p
      role="status"
      title={perGate.join("\n")}
      className={`flex items-center gap-1.5 ${isDone ? "text-good" : "text-warning"}`}
    >
      <Icon aria-hidden className="size-4 shrink-0" />
      {words}
    </p>
  );
}
