import { asciiJson } from "./ascii-json.ts";

/** The scopes of a token in the forms that answers need. Tokens with the same scopes share one. */
export type ScopeSet = {
  names: ReadonlySet<string>;
  /** For `X-Scopes`; what cannot stand in a header is left out. */
  spaced: string;
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
      set = { names: new Set(sorted), spaced: spaced.replace(/[^\x20-\x7e]/g, ""), json: asciiJson(sorted) };
      this.#sets.set(spaced, set);
    }
    return set;
  }
}
