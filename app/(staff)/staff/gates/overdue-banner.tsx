import { Banner } from "#components/ui/banner.tsx";
import { RelativeTime } from "#components/ui/relative-time.tsx";
import { TextLink } from "#components/ui/text-link.tsx";
import type { Overdue } from "#core/enforcement/list-overdue.ts";
import * as words from "#words/words.ts";

/** A live gate goes on letting through what staff have stopped: the one thing that must not be overlooked. */
export function OverdueBanner({ overdue }: { overdue: readonly Overdue[] }) {
  const first = overdue[0];
  if (!first) return null;
  const gates = [...new Set(overdue.flatMap((one) => one.gates))];
  const many = overdue.length === 1 ? "an action" : `${overdue.length} actions`;
  return (
    <Banner
      meaning="danger"
      title={`${gates.join(", ")} ${gates.length === 1 ? "has" : "have"} not confirmed ${many}.`}
    >
      <p>
        The {words.actionTypes[first.type].noun} of{" "}
        <TextLink href={`/staff/accounts/${first.accountId}`}>{first.accountName}</TextLink> was committed{" "}
        <RelativeTime at={first.appliedAt.toISOString()} />. That gate may still let its calls through. Check its log
        and its database connection. Restarting it is safe: it reads everything again.
      </p>
    </Banner>
  );
}
