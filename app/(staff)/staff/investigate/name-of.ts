import { unknownNetwork } from "#core/gate/import/import-tally.ts";
import { otherClients } from "#core/gate/import/traffic-count.ts";
import type { NamedRow } from "#core/investigate/name-keys.ts";
import { beyondKey } from "#core/investigate/read-traffic.ts";
import { isDecisionCode, surfaces } from "#core/rules/vocabulary.ts";
import * as deskWords from "#words/desk.ts";
import * as words from "#words/words.ts";

const { unnamed } = deskWords;

/** What a row of a table is called. */
export function nameOf({ by, key, name }: NamedRow): string {
  if (name !== null) return name;
  switch (by) {
    case "network":
      return key === beyondKey ? unnamed.beyond : key === unknownNetwork ? unnamed.network : key;
    case "client":
      return key === otherClients ? unnamed.beyond : key === "" ? unnamed.client : key;
    case "outcome":
      return isDecisionCode(key) ? words.decisions[key].title : key;
    case "surface": {
      const known = surfaces.find((one) => one === key);
      return known ? words.surfaces[known] : key;
    }
    default:
      return unnamed[by];
  }
}
