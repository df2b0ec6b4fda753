import { asciiJson } from "./ascii-json.ts";

/** The scopes of a token in the forms that answers need. Tokens with the same scopes share one. */
export type ScopeSet = {
  names: ReadonlySet<string>;
  /** As OAuth lists scopes; what cannot stand in a header is left out. */
  spaced: string;
  /** The first of them for `X-Scopes`, which gateways hold in small buffers, and how many did not fit. */
  header: { text: string; omitted: number };
  /** For JSON answers. */
  json: string;
};

export class ScopeSets {
  readonly #sets = new Map<string, ScopeSet>();

  of(scopes: readonly string[]): ScopeSet {
    const sorted = [...new Set(scopes)].sort();
    const spaced = sorted.join(" ");
    let set = this.#sets.get(spaced);
    if (!set) {
      const sent = spaced.replace(/[^\x20-\x7e]/g, "");
      set = { names: new Set(sorted), spaced: sent, header: headerOf(sent), json: asciiJson(sorted) };
      this.#sets.set(spaced, set);
    }
    return set;
  }
}

/** nginx holds all headers of an answer in 4 kB unless told otherwise. */
const maxHeaderBytes = 2_048;

function headerOf(spaced: string): ScopeSet["header"] {
  if (spaced.length <= maxHeaderBytes) return { text: spaced, omitted: 0 };
  const end = spaced.lastIndexOf(" ", maxHeaderBytes);
  const text = spaced.slice(0, Math.max(0, end));
  return { text, omitted: spaced.slice(text.length).trim().split(" ").length };
}
