import { Badge } from "#components/ui/badge.tsx";
import type { Meaning } from "#components/ui/meaning.tsx";
import type { Standing } from "#core/rules/vocabulary.ts";
import * as words from "#words/words.ts";

const meanings: Record<Standing, Meaning> = {
  good: "good",
  noticed: "info",
  throttled: "warning",
  suspended: "danger",
  terminated: "danger",
};

/** The account's standing as a word with its meaning. */
export function StandingBadge({ standing }: { standing: Standing }) {
  return <Badge meaning={meanings[standing]}>{words.standings[standing]}</Badge>;
}
