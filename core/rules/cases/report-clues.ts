/** What in a report's words can lead to an account; each list without repeats and bounded. */
export type Clues = {
  receipts: string[];
  /** Ids of accounts or tokens. */
  ids: string[];
  /** Whole words that can be an account's address or its external id. */
  names: string[];
  /** The last four characters of a token, as screens show them. */
  tokenEndings: string[];
  /** Lower case. */
  domains: string[];
};

/** Of each kind: a text made of clues costs a bounded look-up. */
const most = 20;

/**
 * Reads the clues in a report. Names are looked for in what it is about only: in a long text, any word can be the name of an account.
 * `names` of a text of one word is that word, whatever else it may be.
 */
export function cluesIn(about: string, body = ""): Clues {
  const text = `${about}\n${body}`.slice(0, 20_000);
  const domains = all(text, /(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.){1,8}[a-z]{2,24}(?![a-z0-9-])/gi);
  return {
    receipts: all(text, /\brcp_[0-9a-z]{25}\b/g),
    ids: all(text, /\b[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\b/gi).map((id) => id.toLowerCase()),
    names: all(about, /[^\s,;:"'“”<>()]{2,200}/g).map((name) => name.replace(/[.!?]+$/, "")),
    tokenEndings: [
      ...all(text, /(?<=(?:…|\.{3}))[0-9A-Za-z]{4}\b/g),
      ...(/^[0-9A-Za-z]{4}$/.test(about.trim()) ? [about.trim()] : []),
    ].slice(0, most),
    domains: domains.map((domain) => domain.toLowerCase()),
  };
}

function all(text: string, pattern: RegExp): string[] {
  return [...new Set(Array.from(text.matchAll(pattern), ([found]) => found))].slice(0, most);
}

/** What led to an account, the surest first. */
export const clueKinds = ["receipt", "account", "token", "token_ending", "domain"] as const;
export type ClueKind = (typeof clueKinds)[number];

/** Whether a clue names one account and no other. A domain or the end of a token is only a hint, which a person confirms. */
export function isSure(kind: ClueKind): boolean {
  return kind === "receipt" || kind === "account" || kind === "token";
}
