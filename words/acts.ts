import { staffActs } from "./desk/acts.ts";
import * as words from "./words.ts";

const labels: Readonly<Record<string, string>> = { ...staffActs, ...words.accountActs };

/** What happened, by its name in the audit log. A name from another version is shown as it is. */
export function actLabel(action: string): string {
  return labels[action] ?? action;
}
