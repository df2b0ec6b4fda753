import { Badge } from "#components/ui/badge.tsx";
import type { Meaning } from "#components/ui/meaning.tsx";
import type { Standing } from "#core/rules/vocabulary.ts";

const looks: Record<Standing, { meaning: Meaning; words: string }> = {
  good: { meaning: "good", words: "Good standing" },
  noticed: { meaning: "info", words: "Noticed" },
  throttled: { meaning: "warning", words: "Throttled" },
  suspended: { meaning: "danger", words: "Suspended" },
  terminated: { meaning: "danger", words: "Terminated" },
};

/** The account's standing as a word with its meaning. */
export function StandingBadge({ standing }: { standing: Standing }) {
  const { meaning, words } = looks[standing];
  return <Badge meaning={meaning}>{words}</Badge>;
}
