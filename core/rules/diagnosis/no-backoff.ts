import { groupBy } from "../group-by.ts";
import { minuteMs } from "../time.ts";
import { type Diagnosis, rateLimited } from "./finding.ts";

const leastMinutes = 5;
const minimumRefused = 20;
/** Of the refusals, in the second half of the time. Of five minutes alike the later two hold 40 %. */
const leastLater = 0.4;

/** Waits as it is told, and comes back at full speed every time: refusals that do not get fewer, minute after minute. */
export const noBackoff: Diagnosis = {
  kind: "no_backoff",
  unless: ["retries_without_waiting", "thundering_herd", "parallel_workers"],
  find: ({ spells, counts }) =>
    spells.flatMap((spell) => {
      const { tokenId, endpointId, fromMs, toMs, seconds } = spell;
      const refusing = seconds.filter((one) => one.refused > 0);
      const minutes = groupBy(refusing, (one) => Math.floor(one.atMs / minuteMs)).size;
      const refused = refusing.reduce((sum, one) => sum + one.refused, 0);
      const middleMs = (fromMs + toMs) / 2;
      const later = refusing.reduce((sum, one) => sum + (one.atMs >= middleMs ? one.refused : 0), 0);
      if (minutes < leastMinutes || refused < minimumRefused || later < leastLater * refused) return [];
      return [
        {
          ...{ kind: "no_backoff", tokenId, endpointId, fromMs, toMs, requests: refused },
          refused: rateLimited(counts, spell),
          facts: { refused, minutes },
        },
      ];
    }),
};
